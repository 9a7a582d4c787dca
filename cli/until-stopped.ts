/** Resolves on Ctrl-C, on SIGTERM, or after `ms` milliseconds. A second Ctrl-C ends the process. */
export function untilStopped(ms?: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms !== undefined) setTimeout(resolve, ms).unref();
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
