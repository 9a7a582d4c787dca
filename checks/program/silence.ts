/** How long nobody has come when what came last is not why a program ends, in milliseconds. */
const SILENCE_MS = 3000;

/** When a program ended, and when nobody came to it: milliseconds since 1970. */
export interface End {
  readonly endedMs: number;
  /** When the check before was over. */
  readonly quietFromMs: number;
  /** When the check that finds it began. */
  readonly quietToMs: number;
}

/** Whether a program ended as nobody came, while it waited for the next check. */
export function endedInSilence({ endedMs, quietFromMs, quietToMs }: End): boolean {
  return endedMs - quietFromMs > SILENCE_MS && endedMs < quietToMs;
}

export const silenceHint =
  'a timeout, as of settimeout, SO_RCVTIMEO or a deadline, ends the program or its loop when nobody comes. Silence is no error: set no timeout while the server waits for clients, or go on after it.';
