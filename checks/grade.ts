/**
 * Grades one program in one role.
 *
 *     program ──▶ a host of a lab of its own ◀── peers, sockets, SIGTERM ── checks, layer by layer ──▶ CheckResult
 *                     └──calls, packets, log──▶ one recording ──▶ what the program did ──────────────▲
 *
 * Each layer stands on those before it: behind the first one with a check that fails, the others are not reached.
 */
import { randomBytes } from 'node:crypto';
import { LabError, type LabEvent } from '../lab/index.ts';
import { untilAborted } from '../lab/util/until-aborted.ts';
import { type CheckResult, type CheckText, isOnItsOwn, layers, type Report } from './check.ts';
import { lastLines } from './evidence/last-lines.ts';
import { Grading } from './grading/grading.ts';
import { builds, starts } from './grading/program-checks.ts';
import { isFailure, type Outcome, resultsOf } from './grading/results.ts';
import { TooSlowError } from './grading/slowness.ts';
import { RUNS_MS, TooLongError } from './grading/too-long.ts';
import type { Built } from './program/build.ts';
import { BuildError } from './program/build-error.ts';
import type { Role } from './roles/role.ts';

/** How often a run is begun anew when the machine has become slower while it was going on. */
const RUNS_MAX = 3;
/** Beyond it deadlines would be minutes, while the timers of a program are as fast as ever. */
const SLOWNESS_MAX = 20;
/** Of what a build that failed has printed. */
const BUILD_LINES_SHOWN = 30;

export interface GradeOptions {
  /** What people call the program. */
  readonly program: string;
  /** Makes an image of it, which is removed in the end. */
  readonly build: () => Promise<Built>;
  /** Ends the run, and removes all that it has begun. */
  readonly signal?: AbortSignal;
  /** The same values again. Default: others each time. */
  readonly seed?: string;
  /** Only the check of this id, and those of the layers that it stands on. */
  readonly only?: string;
  /** How long all its runs may take together, without the build; beyond it, it is not graded. Default: 15 minutes. */
  readonly timeoutMs?: number;
  /** Told of each check that begins. */
  readonly onProgress?: (check: CheckText) => void;
}

type Options<Fixture> = Omit<GradeOptions, 'build' | 'only'> & {
  readonly role: Role<Fixture>;
  readonly seed: string;
  readonly checks: readonly CheckText[];
  readonly signal: AbortSignal;
};

export interface Graded {
  readonly report: Report;
  /** All that happened in the lab of the run, in the order of time; none where no lab was started. */
  readonly events: readonly LabEvent[];
}

interface Run extends Pick<Graded, 'events'> {
  readonly results: readonly CheckResult[];
}

/** All checks of a role, in the order in which they stand on each other. */
export function checksOf(role: Pick<Role<never>, 'checks'>): CheckText[] {
  return [builds, starts, ...role.checks].toSorted((a, b) => rank(a) - rank(b));
}

/** @throws {RangeError} for a check that the role does not have; the reason of the signal when the run is ended by it. */
export async function grade<Fixture>(
  role: Role<Fixture>,
  { build, only, ...others }: GradeOptions,
): Promise<Graded> {
  const { seed = randomBytes(4).toString('hex'), signal = new AbortController().signal } = others;
  const options = { ...others, role, seed, signal, checks: chosen(role, only) };
  const about = { role: role.name, program: others.program, seed };
  try {
    const { results, events } = await buildAndRun(build, options);
    const verdict = results.some((one) => one.verdict === 'failed') ? 'failed' : 'passed';
    return { report: { ...about, verdict, results }, events };
  } catch (error) {
    const known = [LabError, TooSlowError, TooLongError];
    if (!known.some((one) => error instanceof one)) throw error;
    const why = (error as Error).message;
    const report = { ...about, verdict: 'not-graded', why, results: [] } as const;
    return { report, events: [] };
  }
}

function chosen(role: Pick<Role<never>, 'name' | 'checks'>, only: string | undefined): CheckText[] {
  const checks = checksOf(role);
  if (only === undefined) return checks;
  const wanted = checks.find(({ id }) => id === only);
  if (wanted) return checks.filter((one) => one === wanted || standsOn(wanted, one, role));
  const ids = checks.map(({ id }) => id).join(', ');
  throw new RangeError(`There is no check "${only}" of ${role.name}: there are ${ids}`);
}

/** Those of earlier layers; and of its own those before it, where they share a fixture and leave it as they do. */
function standsOn(
  wanted: CheckText,
  one: CheckText,
  { checks }: Pick<Role<never>, 'checks'>,
): boolean {
  if (rank(one) !== rank(wanted)) return rank(one) < rank(wanted);
  const shared = checks.filter((check) => !isOnItsOwn(check)).map(({ id }) => id);
  const [at, before] = [shared.indexOf(wanted.id), shared.indexOf(one.id)];
  return before !== -1 && before < at;
}

const rank = ({ layer }: CheckText) => layers.indexOf(layer);

async function buildAndRun<Fixture>(
  build: GradeOptions['build'],
  options: Options<Fixture>,
): Promise<Run> {
  options.onProgress?.(builds);
  const beganMs = Date.now();
  const outcome = { id: builds.id, hosts: [], beganMs };
  try {
    await using built = await build();
    return await runs(built, { ...outcome, endedMs: Date.now() }, options);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const { finding, output } = error;
    const failed = { ...outcome, finding, endedMs: Date.now() };
    const results = resultsOf(options.checks, [failed], []);
    const printed = lastLines(output, BUILD_LINES_SHOWN);
    return {
      results: results.map((one) => (one.finding ? { ...one, ...printed } : one)),
      events: [],
    };
  }
}

/** Until the machine has not become slower during a run. */
async function runs<Fixture>(
  built: Built,
  buildOutcome: Outcome,
  options: Options<Fixture>,
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
      const isHopeless = count === RUNS_MAX || (error as TooSlowError).slowness > SLOWNESS_MAX;
      if (!(error instanceof TooSlowError) || isHopeless) throw error;
      slowness = error.slowness;
    }
  }
}

async function run<Fixture>(
  { image, entrypoint }: Built,
  buildOutcome: Outcome,
  { role, checks, seed, slowness, onProgress, signal }: Options<Fixture> & { slowness: number },
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
