import { escaped } from '../lab/util/escaped.ts';

/** What is being done, in a line that the next one replaces. */
export function show(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${what && `… ${escaped(what)}`}`);
}
