/** Runs the checks of a program, layer by layer, and all of them anew where the machine was too slow to tell. */
import type { LabEvent } from '../../lab/index.ts';
import { untilAborted } from '../../lab/util/until-aborted.ts';
import { type CheckResult, type CheckText, layers } from '../check.ts';
import type { Built } from '../program/build.ts';
import type { Role } from '../roles/role.ts';
import { Grading } from './grading.ts';
import { isFailure, type Outcome, resultsOf } from './results.ts';
import { TooSlowError } from './slowness.ts';
import { RUNS_MS, TooLongError } from './too-long.ts';

/** How often a run is begun anew when the machine has become slower while it was going on. */
const RUNS_MAX = 3;
/** Beyond it deadlines would be minutes, while the timers of a program are as fast as ever. */
const SLOWNESS_MAX = 20;

export interface RunsOptions<Fixture> {
  readonly role: Role<Fixture>;
  readonly checks: readonly CheckText[];
  readonly seed: string;
  readonly signal: AbortSignal;
  /** How long all runs may take together. Default: 15 minutes. */
  readonly timeoutMs?: number;
  /** Told of each check that begins. */
  readonly onProgress?: (check: CheckText) => void;
}

export interface Run {
  readonly results: readonly CheckResult[];
  /** All that happened in the lab of the run, in the order of time. */
  readonly events: readonly LabEvent[];
}

/**
 * Until the machine has not become slower during a run.
 *
 * @throws {TooSlowError} when it does each time; {TooLongError} when time is up; the reason of the signal when it is aborted.
 */
export async function runs<Fixture>(
  built: Built,
  buildOutcome: Outcome,
  options: RunsOptions<Fixture>,
): Promise<Run> {
  const { timeoutMs = RUNS_MS } = options;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, limit]);
  let slowness = 1;
  for (let count = 1; ; count += 1) {
    try {
      return await run(built, buildOutcome, { ...options, signal, slowness });
    } catch (error) {
      if (limit.aborted && error === limit.reason) throw new TooLongError(timeoutMs);
      if (!(error instanceof TooSlowError)) throw error;
      if (count === RUNS_MAX || error.slowness > SLOWNESS_MAX) throw error;
      slowness = error.slowness;
    }
  }
}

async function run<Fixture>(
  { image, entrypoint }: Built,
  buildOutcome: Outcome,
  { role, checks, seed, slowness, onProgress, signal }: RunsOptions<Fixture> & { slowness: number },
): Promise<Run> {
  const program = { image, ...(entrypoint && { entrypoint }) };
  await using grading = await Grading.start(role, { seed, program, slowness });
  const outcomes = [buildOutcome];
  for (const layer of layers) {
    const ids = checks.filter((one) => one.layer === layer).map(({ id }) => id);
    const found = await untilAborted(grading.run(ids, onProgress), signal);
    outcomes.push(...found);
    if (found.some(isFailure)) break;
  }
  const events = await grading.events();
  return { results: resultsOf(checks, outcomes, events), events };
}
