import { networkInterfaces } from 'node:os';
import { monotonicNs } from './clock.ts';

const LOOK_MS = 1000;
/** A running host may be disconnected from its network for a while, and connected again. */
const GONE_NS = 10e9;

/**
 * Resolves when the host has had no network for 10 s: it has stopped, or was started again with a new network. Until then, and
 * while commands keep coming, what its faults did can be requested.
 *
 * @param lastAskedNs when the last command came, on the wire's clock
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

/** Whether any interface except loopback is up. */
function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ internal }) => !internal));
}
