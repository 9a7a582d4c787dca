import { escaped } from '../lab/util/escaped.ts';

/** What is shown without being asked for takes longer than that. */
const MOMENT_MS = 1000;

/** What is being done, in a line that the next one replaces. */
export function show(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${what && `… ${escaped(what)}`}`);
}

/** Does something, and shows what it is as long as it lasts, if that is more than a moment. */
export async function showing<T>(what: string, task: () => Promise<T>): Promise<T> {
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    show(what);
  }, MOMENT_MS);
  try {
    return await task();
  } finally {
    clearTimeout(timer);
    if (isShown) show('');
  }
}
