import type { Check } from '../../check.ts';
import type { Instance } from '../../program/instance.ts';
import type { Context } from '../role.ts';
import { stopFinding, stopHints } from '../stopping.ts';

/** Twice that of P4, so that nobody is failed by a machine that is a little slow. */
const STOP_MS = 10_000;

/** @param startWaiting starts a client that has met a server, and waits for what never comes */
export function endsWhileWaiting(
  startWaiting: (context: Context) => Promise<Instance>,
): Check<{ readonly context: Context }> {
  return {
    id: 'sigterm',
    statement: 'P4',
    layer: 'stops',
    title: 'ends when it is asked to while it waits',
    why: 'Whoever stops it waits for it, and kills it in the end.',
    hints: stopHints,
    hasOwnFixture: true,
    run: async ({ context }) => {
      const { host } = await startWaiting(context);
      // A client that has given up already has nothing to be stopped for.
      if (await host.ended({ timeoutMs: 0 })) return undefined;
      return stopFinding(host, context.deadline(STOP_MS));
    },
  };
}
