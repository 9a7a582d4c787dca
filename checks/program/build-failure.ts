/** Whose failure it is that a program was not built, by what the build has printed. Pure. */
import { LabError } from '../../lab/index.ts';
import { BuildError } from './build-error.ts';
import { failedStep, lastWords, runningSteps } from './build-log.ts';

/** What Docker says of a command in a Dockerfile that failed; the command is part of it, whatever is in that. */
const COMMAND_FAILED = /^process "/;
/** What Docker says when it cannot ask a registry; that there is no such image is another matter. */
const UNREACHABLE =
  /dial tcp|timeout|deadline exceeded|no such host|certificate|connection refused|: EOF|toomanyrequests|\b(?:429|5\d\d)\b|no space left/i;

export interface FailureOptions {
  /** The stages that are the program's own. Default: all of them. */
  readonly ownStage?: RegExp;
  readonly cause: Error;
}

/** Of a build that has failed. */
export function buildFailure(log: string, { ownStage, cause }: FailureOptions): Error {
  const failed = failedStep(log);
  const why = lastWords(log) || cause.message;
  const isOwn = failed
    ? (ownStage?.test(failed.stage ?? '') ?? (COMMAND_FAILED.test(why) || !UNREACHABLE.test(why)))
    : why.startsWith('dockerfile parse error');
  if (!isOwn) return new LabError('ENGINE_FAILED', `Cannot build the program: ${why}`, { cause });
  return new BuildError(failed?.lines.join('\n') || why, { cause });
}

/** Of a build that was given up, as it had not ended in time. */
export function timeoutFailure(
  log: string,
  timeoutMs: number,
  { ownStage, cause }: FailureOptions,
): Error {
  const limit = `${timeoutMs / 60_000} minutes`;
  // What is still being fetched is not the program's own.
  const own = runningSteps(log).find(
    ({ name, stage = '' }) => name.includes('] RUN ') && (ownStage?.test(stage) ?? true),
  );
  if (own === undefined)
    return new LabError('ENGINE_FAILED', `Cannot build the program within ${limit}`, { cause });
  const found = `after ${limit} this was still running: ${own.name}`;
  return new BuildError(own.lines.join('\n'), { cause, endless: found });
}
