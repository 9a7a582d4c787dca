/**
 * Grades one program in one role.
 *
 *     program ──▶ a host of a lab of its own ◀── peer, sockets, SIGTERM ── checks, layer by layer ──▶ CheckResult
 *                     └──trace, capture, log──▶ its calls and output ──────────────────────▲
 *
 * Each layer stands on those before it: behind the first check that fails, the others are not reached.
 */
import { randomBytes } from 'node:crypto';
import { LabError } from '../lab/index.ts';
import { randomStream } from '../lab/util/random.ts';
import { type Check, type CheckResult, layers, type Report } from './check.ts';
import { Grading, type Program } from './grading.ts';
import type { Role } from './roles/role.ts';
import { TooSlowError } from './slowness.ts';

/** How often a run is begun anew when the machine has become slower while it was going on. */
const RUNS_MAX = 3;

export interface GradeOptions extends Pick<Program, 'image' | 'entrypoint'> {
  /** What people call the program. */
  readonly program: string;
  /** The same values again. Default: others each time. */
  readonly seed?: string;
  /** Only the check of this id, and those that it stands on. */
  readonly only?: string;
  /** Told of each check that begins. */
  readonly onProgress?: (check: Pick<Check<unknown>, 'id' | 'title'>) => void;
}

/** @throws {RangeError} for a check that the role does not have. */
export async function grade<Stage>(role: Role<Stage>, options: GradeOptions): Promise<Report> {
  const { program, seed = randomBytes(4).toString('hex') } = options;
  const checks = checksOf(role, options.only);
  const about = { role: role.name, program, seed };
  let slowness = 1;
  for (let run = 1; ; run += 1) {
    try {
      const results = await resultsOf(role, checks, { ...options, seed, slowness });
      const isFailed = results.some(({ verdict }) => verdict === 'failed');
      return { ...about, verdict: isFailed ? 'failed' : 'passed', results };
    } catch (error) {
      if (error instanceof TooSlowError && run < RUNS_MAX) {
        slowness = error.slowness;
        continue;
      }
      if (!(error instanceof LabError || error instanceof TooSlowError)) throw error;
      return { ...about, verdict: 'not-graded', why: error.message, results: [] };
    }
  }
}

/** In the order in which they stand on each other. */
function checksOf<Stage>({ name, checks }: Role<Stage>, only: string | undefined): Check<Stage>[] {
  const sorted = checks.toSorted((a, b) => rank(a) - rank(b));
  if (only === undefined) return sorted;
  const wanted = sorted.find(({ id }) => id === only);
  if (wanted) return sorted.filter((one) => one === wanted || rank(one) < rank(wanted));
  const ids = checks.map(({ id }) => id).join(', ');
  throw new RangeError(`There is no check "${only}" of ${name}: there are ${ids}`);
}

const rank = ({ layer }: Pick<Check<never>, 'layer'>) => layers.indexOf(layer);

async function resultsOf<Stage>(
  role: Role<Stage>,
  checks: readonly Check<Stage>[],
  { onProgress, seed, slowness, ...program }: GradeOptions & { seed: string; slowness: number },
): Promise<CheckResult[]> {
  const { image, entrypoint } = program;
  const random = randomStream(seed, role.name);
  const started = { image, random, env: role.settings(random), ...(entrypoint && { entrypoint }) };
  await using grading = await Grading.start(role, started, slowness);
  const results: CheckResult[] = [];
  let hasFailed = false;
  for (const check of checks) {
    const { id, statement, layer, title, why } = check;
    if (!hasFailed) onProgress?.(check);
    const result: CheckResult = hasFailed
      ? { check: { id, statement, layer, title, why }, verdict: 'not-reached' as const, tookMs: 0 }
      : await grading.check(check);
    results.push(result);
    hasFailed ||= result.verdict === 'failed';
  }
  return results;
}
