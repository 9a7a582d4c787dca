import { monotonicNs } from './clock.ts';

const PATIENCE_NS = 2_000_000;
/** Looking takes no longer, unless the processor is taken away meanwhile. */
const LOOK_NS = 50_000;

/**
 * Looks again and again, until there was nothing for a while. It returns a few microseconds after its last look; a timer would be
 * later, by as much as the machine is busy.
 *
 * @param look says whether there was anything
 * @returns whether it has become so quiet within 2 ms
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
