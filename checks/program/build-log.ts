/** What `docker build --progress plain` has printed. */

/** The step of a build that failed. */
export interface FailedStep {
  /** As in `[c-built 4/4] RUN gcc …`, `[internal] load metadata for …`. */
  readonly name: string;
  /** Of a Dockerfile with more than one stage: the stage of the step. */
  readonly stage?: string;
  /** What it has printed, without times. */
  readonly lines: readonly string[];
}

const LINE = /^#(\d+) (.*)$/;
const NAMED = /^\[.*\] .*|^\[.*\]$/;
const PRINTED = /^\d+\.\d+ ?/;

/** The last step that has ended in an error. */
export function failedStep(log: string): FailedStep | undefined {
  const names = new Map<string, string>();
  const lines = new Map<string, string[]>();
  let failed: string | undefined;
  for (const line of log.split('\n')) {
    const [, step = '', text = ''] = LINE.exec(line) ?? [];
    if (NAMED.test(text)) names.set(step, text);
    else if (PRINTED.test(text)) keep(lines, step, text.replace(PRINTED, ''));
    else if (text.startsWith('ERROR: ')) {
      // A step that was canceled has not failed itself.
      if (!text.includes('context canceled')) failed ??= step;
    }
  }
  const name = failed && names.get(failed);
  if (!failed || !name) return undefined;
  const [, stage] = /^\[(\S+) +\d+\/\d+\]/.exec(name) ?? [];
  return { name, lines: lines.get(failed) ?? [], ...(stage && { stage }) };
}

function keep(lines: Map<string, string[]>, step: string, line: string): void {
  const those = lines.get(step);
  if (those) those.push(line);
  else lines.set(step, [line]);
}

/** What the build itself says in the end, as in `failed to solve: dockerfile parse error on line 3`. */
export function lastWords(log: string): string {
  const [last = ''] = log.split('\n').filter(Boolean).slice(-1);
  return last.replace(/^ERROR: (?:failed to solve: )?/, '');
}
