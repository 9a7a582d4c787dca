/** 128 and the number of SIGINT, as a shell tells of a program that was ended by Ctrl-C. */
export const INTERRUPTED = 130;

/**
 * Aborted by Ctrl-C and by SIGTERM; by then there may be much to remove. A second Ctrl-C ends the process at once.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  // They stay: of two that are there, one for other purposes ends the process when it finds itself alone.
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      controller.abort();
    });
  }
  return controller.signal;
}
