import { Command } from 'commander';
import type { Report } from '../../checks/check.ts';
import { type Exercise, numberOf } from '../../exercises/exercise.ts';
import { exerciseNumbered, exercises } from '../../exercises/exercises.ts';
import { gradeCopy } from '../../exercises/grade-copy.ts';
import { notePassed, stateFile } from '../../exercises/working-copy.ts';
import { checkProgram } from '../check/check-program.ts';
import { addGradingOptions, type GradingOptions } from '../check/grading-options.ts';
import { leaveOut } from '../inherited-options.ts';
import { quoted } from '../quoted.ts';
import { typed } from '../typed.ts';
import { currentCopy, shown } from './place.ts';

interface Options extends GradingOptions {
  readonly into?: string;
  readonly exercise?: string;
}

/** `./socketlab exercise check`: grades a working copy. */
export function checkVerb(): Command {
  const verb = new Command('check')
    .description('check your program: in the folder of an exercise, or the exercise begun last')
    .argument('[folder]', 'the working copy of another one')
    .option(
      '--exercise <number>',
      'the exercise, where the folder, or file, is no working copy of it',
    );
  const leftOut = ['--language', '--project'];
  return leaveOut(addGradingOptions(verb), ...leftOut).action(
    (folder: string | undefined, _: unknown, command: Command) =>
      check(folder, command.optsWithGlobals()),
  );
}

async function check(folder: string | undefined, { exercise, ...options }: Options): Promise<void> {
  if (exercise === undefined) return checkCopy(folder, options);
  if (folder === undefined) throw new TypeError('--exercise needs a folder or a file');
  await checkAs(exerciseNumbered(exercise), folder, options);
}

/** A program that is no working copy: what it passes is noted nowhere. */
async function checkAs(exercise: Exercise, path: string, options: GradingOptions): Promise<void> {
  await checkProgram(
    {
      path,
      grade: (run) => gradeCopy({ exercise, folder: path }, { ...run, program: path }),
      command: checkCommandAs(exercise, path),
    },
    options,
  );
}

/** What to type to have a program checked that is no working copy. */
export const checkCommandAs = (exercise: Exercise, path: string): string =>
  typed(`exercise check --exercise ${numberOf(exercise)} ${quoted(path)}`);

async function checkCopy(folder: string | undefined, options: Options): Promise<void> {
  const copy = await currentCopy({ named: folder, into: options.into });
  const { exercise } = copy;
  const named = folder ?? (options.into && shown(copy.folder));
  await checkProgram(
    {
      path: copy.folder,
      grade: (run) => gradeCopy(copy, { ...run, program: shown(copy.folder) }),
      command: typed(['exercise check', ...(named ? [quoted(named)] : [])].join(' ')),
      writes: [await stateFile(copy)],
      onReport: async (report) => {
        if (!isPassed(report, options)) return;
        await notePassed(copy);
        if (options.format === 'text') console.log(`\n${passedText(exercise)}`);
      },
    },
    options,
  );
}

/** To pass one check is not to pass the exercise. */
const isPassed = ({ verdict }: Report, { only }: GradingOptions) =>
  verdict === 'passed' && only === undefined;

function passedText(exercise: Exercise): string {
  const number = numberOf(exercise);
  const next = exercises[exercises.indexOf(exercise) + 1];
  const passed = `Exercise ${number} is passed.`;
  if (next === undefined) return `${passed} It was the last one.`;
  return `${passed} The next one: "${next.title}", ${typed(`exercise ${numberOf(next)}`)}`;
}
