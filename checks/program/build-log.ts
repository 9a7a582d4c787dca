/** What `docker build --progress plain` has printed. */

/** A step of a build. */
export interface BuildStep {
  /** As in `[c-built 4/4] RUN gcc …`, `[internal] load metadata for …`. */
  readonly name: string;
  /** Of a Dockerfile with more than one stage: the stage of the step. */
  readonly stage?: string;
  /** What it has printed, without times. */
  readonly lines: readonly string[];
}

interface Read {
  name?: string;
  readonly lines: string[];
  end?: 'done' | 'failed' | 'canceled';
}

const LINE = /^#(\d+) (.*)$/;
const NAMED = /^\[.*\] .*|^\[.*\]$/;
const PRINTED = /^\d+\.\d+ ?/;

/** The first step that has ended in an error. */
export function failedStep(log: string): BuildStep | undefined {
  return stepsOf(log, 'failed')[0];
}

/** The steps that have not ended. */
export function runningSteps(log: string): BuildStep[] {
  return stepsOf(log, undefined);
}

/** In the order in which they ended, or else began. */
function stepsOf(log: string, end: Read['end']): BuildStep[] {
  const steps = new Map<string, Read>();
  for (const line of log.split('\n')) {
    const [, number, text = ''] = LINE.exec(line) ?? [];
    if (number === undefined) continue;
    const step = steps.get(number) ?? { lines: [] };
    if (!steps.has(number)) steps.set(number, step);
    read(text, step);
    if (step.end === undefined) continue;
    steps.delete(number);
    steps.set(number, step);
  }
  return [...steps.values()].flatMap((step) => (step.end === end ? named(step) : []));
}

function read(text: string, step: Read): void {
  if (NAMED.test(text)) step.name = text;
  else if (PRINTED.test(text)) step.lines.push(text.replace(PRINTED, ''));
  else if (/^DONE |^CACHED$/.test(text)) step.end = 'done';
  // A step that was canceled has not failed itself.
  else if (/^CANCELED$|^ERROR: .*context canceled/.test(text)) step.end = 'canceled';
  else if (text.startsWith('ERROR: ')) step.end = 'failed';
}

function named({ name, lines }: Read): BuildStep[] {
  if (name === undefined) return [];
  const [, stage] = /^\[(\S+) +\d+\/\d+\]/.exec(name) ?? [];
  return [{ name, lines, ...(stage && { stage }) }];
}

/** What the build itself says in the end, as in `failed to solve: dockerfile parse error on line 3`. */
export function lastWords(log: string): string {
  const [last = ''] = log.split('\n').filter(Boolean).slice(-1);
  return last.replace(/^ERROR: (?:failed to solve: )?/, '');
}
