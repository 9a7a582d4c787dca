/** What is shown of a question, before and after it has been looked. */
import { type Exercise, numberOf } from '../../exercises/exercise.ts';
import type { Letter, Question } from '../../exercises/look/question.ts';
import type { Seen } from '../../exercises/look/seen.ts';
import { Diagram } from '../../lab/diagram/diagram.ts';
import { paintFor } from '../../lab/diagram/styles.ts';
import { symbolsFor } from '../../lab/diagram/symbols.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { quoted } from '../quoted.ts';
import { wrap } from '../terminal.ts';
import { typed } from '../typed.ts';
import { afterQuestions } from './page-text.ts';
import { shown } from './place.ts';

/** As wide as pages are. */
const WIDTH = 80;

/** Before the continuation of a choice. */
const INDENT = '   ';

export function questionText({ text, choices }: Question, number: number): string {
  const question = wrap(`${number}. ${text}`, WIDTH, INDENT);
  return [question, '', ...Object.entries(choices).map(choiceText)].join('\n');
}

const choiceText = ([letter, choice]: readonly [string, string]) =>
  wrap(`${letter}) ${choice}`, WIDTH, INDENT);

/** The part of the timeline that answers a question, as a sequence diagram. */
export function seenText({ shows = () => true }: Question, { steps }: Seen): string {
  const { stdout, env } = process;
  const shown = steps.filter(({ kind }) => kind !== 'log' && kind !== 'host').filter(shows);
  const diagram = new Diagram({
    size: () => ({ width: Math.min(stdout.columns || WIDTH, WIDTH) }),
    symbols: symbolsFor(env),
    paint: paintFor(stdout),
    hosts: hostsIn(shown),
  });
  return [...diagram.add(shown), ...diagram.flush()].map((line) => line.trimEnd()).join('\n');
}

/** Whoever takes part has a column from the first line on, servers on the right. */
function hostsIn(steps: readonly Step[]): string[] {
  const hosts = new Set(
    steps.flatMap((step) => (step.kind === 'packet' ? [step.from, step.to] : [step.host])),
  );
  const servers = new Set(steps.filter(isOfServer).map(({ host }) => host));
  return [...hosts.difference(servers), ...servers];
}

const isOfServer = (step: Step) =>
  step.kind === 'call' && ['bind', 'listen', 'accept'].includes(step.call.call);

/** @param predicted none where nobody was asked */
export function answerText(
  { choices, explanation }: Question,
  answer: Letter,
  predicted: Letter | undefined,
): string {
  const verdict = predicted === undefined ? '' : predicted === answer ? 'Right: ' : 'No: ';
  const text = `${verdict}${answer}) ${choices[answer]}`;
  return [text, '', explanation].map((line) => wrap(line, WIDTH, '')).join('\n');
}

/** How it goes on after the last question. @param copy the folder of the working copy, if there is one */
export function nextText(exercise: Exercise, page: string, copy: string | undefined): string {
  const next = `That was the last question. Next on the page: "${afterQuestions(page)}".`;
  const [what, command] =
    copy === undefined
      ? [
          'This makes a program to begin with, and shows the page:',
          `exercise ${numberOf(exercise)}`,
        ]
      : [
          `Your program is in ${shown(copy)}, and this checks it:`,
          `exercise check ${quoted(shown(copy))}`,
        ];
  return `${wrap(`${next} ${what}`, WIDTH, '')}\n\n    ${typed(command)}`;
}
