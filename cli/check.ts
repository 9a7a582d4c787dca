import { Command } from 'commander';
import type { CheckText } from '../checks/check.ts';
import { checksOf } from '../checks/grade.ts';
import { type Built, buildProgram } from '../checks/program/build.ts';
import { checkProgram, type ProgramToCheck } from './check/check-program.ts';
import { addGradingOptions, type GradingOptions } from './check/grading-options.ts';
import { quoted } from './check/quoted.ts';
import { roleNames, roleOf } from './check/role-of.ts';

interface Options extends GradingOptions {
  readonly image?: string;
  readonly list?: boolean;
}

/** `./socketlab check`: grades a program of one's own on the wire. */
export function checkVerb(): Command {
  const verb = new Command('check')
    .description('run your own program in a role, and check what it does on the wire')
    .argument('<role>', `one of: ${roleNames}; or a module with one of your own`)
    .argument(
      '[program]',
      'a folder with a Dockerfile or a main file (main.py, main.c, …), or such a file',
    )
    .option('--image <name>', 'an image, in place of a program')
    .option('--list', 'list the checks of the role');
  return addGradingOptions(verb).action(check);
}

async function check(name: string, program: string | undefined, options: Options): Promise<void> {
  const role = await roleOf(name);
  if (options.list) {
    list(checksOf(role), options);
    return;
  }
  const { image, ...others } = options;
  const what = programOf(program, image);
  const words = image === undefined ? [name, what.program] : [name, '--image', image];
  const command = ['./socketlab check', ...words.map(quoted)].join(' ');
  await checkProgram({ ...what, role, command }, others);
}

function list(checks: readonly CheckText[], { format }: Options): void {
  if (format === 'json') console.log(JSON.stringify(checks, undefined, 2));
  else
    for (const { id, statement, title } of checks)
      console.log(`${statement.padEnd(4)}${id.padEnd(20)}${title}`);
}

function programOf(
  program: string | undefined,
  image: string | undefined,
): Pick<ProgramToCheck, 'program' | 'build'> {
  if (program !== undefined && image === undefined)
    return { program, build: (signal) => buildProgram(program, { signal }) };
  if (program !== undefined || image === undefined)
    throw new TypeError('check needs either a program or --image NAME');
  const built: Built = { image, async [Symbol.asyncDispose]() {} };
  return { program: image, build: () => Promise.resolve(built) };
}
