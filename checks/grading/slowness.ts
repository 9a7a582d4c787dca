import type { Host } from '../../lab/index.ts';

/** What starting Node in a container that runs takes on a machine with nothing else to do. */
const USUAL_MS = 250;

/** How many times slower than usual the machine is now, at least 1. @param peer a host with Node */
export async function slownessNow(peer: Host): Promise<number> {
  const begunAt = performance.now();
  await peer.exec(['node', '--eval', '0']);
  return Math.max(1, (performance.now() - begunAt) / USUAL_MS);
}

/** The machine has become slower than the deadlines of a check allowed for, so that what was late says nothing of the program. */
export class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
  /** How many times slower than usual it was found to be. */
  readonly slowness: number;

  constructor(slowness: number) {
    super(`the machine is too busy: it is ${slowness.toFixed(0)} times slower than usual`);
    this.slowness = slowness;
  }
}
