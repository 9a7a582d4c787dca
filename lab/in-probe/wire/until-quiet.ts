import { monotonicNs } from './clock.ts';

const PATIENCE_NS = 2_000_000;
/** A look takes no longer, unless the process is preempted. */
const LOOK_NS = 50_000;

/**
 * Looks again and again until there has been nothing for a while. It returns a few microseconds after the last look; a timer would
 * be later on a busy machine.
 *
 * @param look returns whether there was anything
 * @returns whether it has become quiet within 2 ms
 */
export function untilQuiet(look: () => boolean, quietNs: number, clock = monotonicNs): boolean {
  const begunNs = clock();
  for (let lastNs = begunNs, atNs = begunNs; ; ) {
    const isAny = look();
    const sinceNs = atNs;
    atNs = clock();
    if (isAny) lastNs = atNs;
    else if (atNs - lastNs >= quietNs && atNs - sinceNs < LOOK_NS) return true;
    if (atNs - begunNs > PATIENCE_NS) return false;
  }
}
