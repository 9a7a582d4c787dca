import { networkInterfaces } from 'node:os';
import { monotonicNs } from './clock.ts';

const LOOK_MS = 1000;
/** A host that lives may be taken off its network, and put on it again. */
const GONE_NS = 10e9;

/**
 * Resolves when the host has had no network for 10 s: it has ended, or was started again and has another network. Until then, and as
 * long as somebody goes on asking, what its faults did can be told.
 *
 * @param lastAskedNs when somebody has last asked, on the wire's clock
 */
export function networkGone(lastAskedNs: () => number, isThere = hasNetwork): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let lastThereNs = monotonicNs();
  const looking = setInterval(() => {
    const nowNs = monotonicNs();
    if (isThere()) lastThereNs = nowNs;
    if (nowNs - Math.max(lastThereNs, lastAskedNs()) < GONE_NS) return;
    clearInterval(looking);
    resolve();
  }, LOOK_MS).unref();
  return promise;
}

/** Whether there is any interface but loopback that is up. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));
}
