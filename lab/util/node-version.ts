/** For `AsyncDisposableStack`, and `await using` in tests. */
const NEEDED = 24;

/** What is wrong with a version of Node, as in `20.20.2`; undefined if the package runs with it. */
export function nodeTrouble(version: string): string | undefined {
  if (Number.parseInt(version, 10) >= NEEDED) return undefined;
  return `socketlab needs Node ${NEEDED} or later, but this is Node ${version}`;
}
