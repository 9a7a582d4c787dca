import type { Fault } from '../faults/fault.ts';
import type { Host } from '../hosts/host.ts';
import { Lab } from '../lab.ts';
import type { MatcherResult } from './matcher-result.ts';

/** Which packets are lost while the function runs. */
export interface LossOptions {
  /** The host that sends. */
  readonly from: Host;
  /** The host whose packets are lost on their way in. */
  readonly to: Host;
  /** The share of packets that are lost, in percent, 0 to 100. */
  readonly percent: number;
  /** Whether packets in the other direction are lost as well. Default: yes. */
  readonly bothWays?: boolean;
  /** The same seed and traffic produce the same losses. Default: random; the message of a failed test has it. */
  readonly seed?: string;
  /** Only packets of this protocol are lost. Default: any. */
  readonly protocol?: 'tcp' | 'udp';
  /** Only packets from or to this port. */
  readonly port?: number;
  /** How long the function may take, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number;
}

/**
 * Runs a function while packets are lost; see `Matchers.toSurviveLoss`. The loss is healed whatever happens.
 *
 * @throws {TypeError} if the subject is no function.
 * @throws {Error} if no packet was lost.
 * @throws {LabError} if the path cannot be impaired.
 */
export async function toSurviveLoss(task: unknown, options: LossOptions): Promise<MatcherResult> {
  if (!isTask(task)) {
    throw new TypeError('toSurviveLoss needs a function: expect(() => …).toSurviveLoss({ … })');
  }
  const { from, to, timeoutMs = 30_000, bothWays = true, ...limits } = options;
  const lab = await Lab.attach({ project: from.lab });
  await using loss = await lab.impair({
    ...limits,
    kind: 'loss',
    from: from.name,
    to: to.name,
    bothWays,
  });
  const failure = await failureOf(task, timeoutMs);
  const { lost, seen } = await counted(loss);
  const facts = `${lost} of ${seen} packets were lost between "${from.name}" and "${to.name}" (seed ${loss.seed})`;
  if (lost === 0) {
    const hint = failure ?? 'send more of them, or choose a higher percentage or another seed';
    throw new Error(`toSurviveLoss proved nothing: ${facts}\n  ${hint}`);
  }
  return {
    pass: failure === undefined,
    message: () =>
      failure === undefined
        ? `expected not to survive the loss, but did: ${facts}`
        : `expected to survive the loss: ${facts}\n  ${failure}`,
  };
}

type Task = (signal: AbortSignal) => unknown;

function isTask(value: unknown): value is Task {
  return typeof value === 'function';
}

/** How the function failed, in words; undefined if it did not. */
async function failureOf(task: Task, timeoutMs: number): Promise<string | undefined> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { promise: late, resolve } = Promise.withResolvers<string>();
  signal.addEventListener('abort', () => resolve(`it had not ended after ${timeoutMs} ms`));
  return Promise.race([late, endOf(task, signal)]);
}

async function endOf(task: Task, signal: AbortSignal): Promise<string | undefined> {
  try {
    return exitFailure(await task(signal));
  } catch (error) {
    return `it threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A command with a non-zero exit code is a failure, although `Host.exec` does not throw. */
function exitFailure(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('exitCode' in result)) return undefined;
  if (result.exitCode === 0) return undefined;
  const said = 'stderr' in result ? `: ${String(result.stderr).trim()}` : '';
  return `it ended with exit code ${result.exitCode}${said}`;
}

/** What the loss has done so far, in all its directions. */
async function counted(loss: Fault): Promise<{ lost: number; seen: number }> {
  const counters = (await loss.report()).map(({ status }) => status.counters);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    lost: sum(counters.map(({ lost }) => lost)),
    seen: sum(counters.map(({ matched }) => matched)),
  };
}
