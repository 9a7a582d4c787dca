import { Command, Option } from 'commander';
import {
  type Exercise,
  type Language,
  languages,
  numberOf,
  readPage,
} from '../exercises/exercise.ts';
import { exerciseNumbered, exercises } from '../exercises/exercises.ts';
import { copiesIn, prepare } from '../exercises/working-copy.ts';
import { checkVerb } from './exercise/check.ts';
import { gradeVerb } from './exercise/grade.ts';
import { lookVerb } from './exercise/look.ts';
import { pageText } from './exercise/page-text.ts';
import { homeOf, shown } from './exercise/place.ts';
import { quoted } from './quoted.ts';
import { table } from './table.ts';
import { typed } from './typed.ts';

interface Options {
  readonly language: Language;
  readonly into?: string;
}

/** `./socketlab exercise`: lists exercises, begins one, and has it checked. */
export function exerciseVerb(): Command {
  const language = new Option('--language <name>', 'the language to begin in');
  return new Command('exercise')
    .description(
      'learn by exercises: list them, begin one, predict and look, have it checked; grade a class',
    )
    .argument('[number]', 'the exercise to begin, or to read again; default: list them')
    .addOption(language.choices(languages).default('python'))
    .option('--into <folder>', 'the folder of your exercises; default: my-exercises')
    .action(async (number: string | undefined, options: Options) => {
      const home = await homeOf(options.into);
      if (number === undefined) await list(home);
      else await begin(number, { home, language: options.language });
    })
    .addCommand(lookVerb())
    .addCommand(checkVerb())
    .addCommand(gradeVerb());
}

async function list(home: string): Promise<void> {
  const copies = await copiesIn(home);
  const copyOf = (exercise: Exercise) => copies.find((one) => one.exercise === exercise);
  const isPassed = (exercise: Exercise) => copyOf(exercise)?.state.passed !== undefined;
  const rows = exercises.map((exercise) => {
    const { title, minutes } = exercise;
    const progress = isPassed(exercise) ? 'passed' : copyOf(exercise) ? 'begun' : 'not begun';
    return [String(numberOf(exercise)), title, `${minutes} min`, progress];
  });
  console.log(table(['', 'EXERCISE', 'TIME', 'PROGRESS'], rows));
  const next = exercises.find((exercise) => !isPassed(exercise));
  if (next) console.log(`\nNext: ${typed(`exercise ${numberOf(next)}`)}`);
}

async function begin(
  number: string,
  where: { readonly home: string; readonly language: Language },
): Promise<void> {
  const exercise = exerciseNumbered(number);
  const { copy, isNew } = await prepare(exercise, where);
  console.log(pageText(await readPage(exercise), exercise, copy.folder));
  const folder = shown(copy.folder);
  console.log(
    isNew
      ? `Your program is in ${folder}.`
      : `Your program was in ${folder} already, and is as you left it.`,
  );
  console.log(`To check it: ${typed(`exercise check ${quoted(folder)}`)}`);
}
