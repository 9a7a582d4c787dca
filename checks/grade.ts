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
import type { CheckText, Report } from './check.ts';
import { chosenChecks } from './checks-of.ts';
import { lastLines } from './evidence/last-lines.ts';
import { builds } from './grading/program-checks.ts';
import { resultsOf } from './grading/results.ts';
import { type Run, type RunsOptions, runs } from './grading/runs.ts';
import { TooSlowError } from './grading/slowness.ts';
import { TooLongError } from './grading/too-long.ts';
import type { Built } from './program/build.ts';
import { BuildError } from './program/build-error.ts';
import type { Role } from './roles/role.ts';

/** Of what a build that failed has printed. */
const BUILD_LINES_SHOWN = 30;

/** What is graded, and how. */
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

/** A program that was graded. */
export interface Graded {
  /** What became of it, check by check. */
  readonly report: Report;
  /** All that happened in the lab of the run, in the order of time; none where no lab was started. */
  readonly events: readonly LabEvent[];
}

/** @throws {RangeError} for a check that the role does not have; the reason of the signal when the run is ended by it. */
export async function grade<Fixture>(
  role: Role<Fixture>,
  { build, only, ...others }: GradeOptions,
): Promise<Graded> {
  const { seed = randomBytes(4).toString('hex'), signal = new AbortController().signal } = others;
  const options = { ...others, role, seed, signal, checks: chosenChecks(role, only) };
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

async function buildAndRun<Fixture>(
  build: GradeOptions['build'],
  options: RunsOptions<Fixture>,
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
