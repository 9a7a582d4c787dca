const MS_A_MINUTE = 60_000;

/** How long all runs of a program may take together, when nothing else is said. */
export const RUNS_MS: number = 15 * MS_A_MINUTE;

/** The runs of a program have taken too long. Each check has a deadline, so that this says more of the machine than of the program. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';

  constructor(limitMs: number) {
    const limit = `${limitMs / MS_A_MINUTE} minutes`;
    super(`its checks were not done within ${limit}; usually the machine is too busy`);
  }
}
