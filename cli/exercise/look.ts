import { Command } from 'commander';
import { type Exercise, readPage } from '../../exercises/exercise.ts';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import { answerOf, Look } from '../../exercises/look/look.ts';
import { leaveOut } from '../inherited-options.ts';
import { show } from '../progress-line.ts';
import { withOwnHosts } from '../with-own-hosts.ts';
import { ask } from './ask.ts';
import { answerText, nextText, questionText, seenText } from './look-text.ts';
import { copyOf, currentCopy } from './place.ts';

interface Options {
  readonly json?: boolean;
  readonly into?: string;
}

/** `./socketlab exercise look`: predictions, and what happens in fact. */
export function lookVerb(): Command {
  return leaveOut(new Command('look'), '--language', '--project')
    .description('predict what happens, and look: the questions of an exercise')
    .argument('[number]', 'the exercise; default: as for check')
    .option('--json', 'print questions and answers as JSON')
    .action((number: string | undefined, _: unknown, command: Command) =>
      look(number, command.optsWithGlobals()),
    );
}

async function look(number: string | undefined, options: Options): Promise<void> {
  const exercise = number
    ? exerciseNumbered(number)
    : (await currentCopy({ into: options.into })).exercise;
  await withOwnHosts((signal) =>
    options.json ? printAnswers(exercise, signal) : askAll(exercise, { ...options, signal }),
  );
}

async function askAll(
  exercise: Exercise,
  { into, signal }: Options & { readonly signal: AbortSignal },
): Promise<void> {
  await using looks = new Look(signal);
  const isAsked = process.stdin.isTTY && process.stdout.isTTY;
  for (const [n, question] of exercise.questions.entries()) {
    console.log(`${questionText(question, n + 1)}\n`);
    // While somebody thinks.
    const looked = looks.at(question.scene);
    const predicted = isAsked ? await ask(question, signal) : undefined;
    show('starting hosts, and looking');
    const seen = await looked;
    show('');
    console.log(`\n${seenText(question, seen)}\n`);
    console.log(`${answerText(question, answerOf(question, seen), predicted)}\n`);
  }
  const copy = await copyOf(exercise, into);
  console.log(nextText(exercise, await readPage(exercise), copy?.folder));
}

async function printAnswers({ questions }: Exercise, signal: AbortSignal): Promise<void> {
  await using looks = new Look(signal);
  const answers = [];
  for (const question of questions) {
    const { text, choices, explanation } = question;
    const answer = answerOf(question, await looks.at(question.scene));
    answers.push({ question: text, choices, answer, explanation });
  }
  console.log(JSON.stringify(answers, undefined, 2));
}
