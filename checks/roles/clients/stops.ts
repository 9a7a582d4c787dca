import type { Check } from '../../check.ts';
import type { Instance } from '../../program/instance.ts';
import type { Context } from '../role.ts';
import { stopFinding, stopHints } from '../stopping.ts';
import { type ClientRun, lifeOf } from './client-run.ts';

/** Twice that of P4, so that nobody is failed by a machine that is a little slow. */
const STOP_MS = 10_000;
/** Two runs of a client that gives up differ by less, on a machine that is a little slow. */
const DIFFER_MS = 1000;

interface Waits {
  readonly context: Context;
  /** With a server from which nothing comes, and without a signal. */
  unanswered(): Promise<{ readonly run: ClientRun }>;
}

/** @param startWaiting starts a client that has met a server, and waits for what never comes */
export function endsWhileWaiting(
  startWaiting: (context: Context) => Promise<Instance>,
): Check<Waits> {
  return {
    id: 'sigterm',
    statement: 'P4',
    layer: 'stops',
    title: 'ends when it is asked to while it waits',
    why: 'Whoever stops it waits for it, and kills it in the end.',
    hints: stopHints,
    run: async ({ context, unanswered }) => {
      const { run: alone } = await unanswered();
      const program = await startWaiting(context);
      const { host } = program;
      // A client that has given up already has nothing to be stopped for.
      if (await host.ended({ timeoutMs: 0 })) return undefined;
      const finding = await stopFinding(host, context.deadline(STOP_MS));
      const stopped = { exitCode: host.exitCode, lifeMs: lifeOf(program) };
      return hasGivenUp(stopped, alone, context.deadline(DIFFER_MS)) ? undefined : finding;
    },
  };
}

type End = Pick<ClientRun, 'exitCode' | 'lifeMs'>;

/**
 * Whether a client that was sent a signal ended as it does without one: it may have given up just before the signal came.
 *
 * @param differMs by how much two of its runs may differ; half of one is too much on any machine
 */
export function hasGivenUp(stopped: End, alone: End, differMs: number): boolean {
  const { exitCode, lifeMs = Number.POSITIVE_INFINITY } = alone;
  const isAsLong = (stopped.lifeMs ?? 0) > lifeMs - Math.min(differMs, lifeMs / 2);
  return stopped.exitCode === exitCode && isAsLong;
}
