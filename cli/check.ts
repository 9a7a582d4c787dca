import { Command } from 'commander';
import type { CheckText } from '../checks/check.ts';
import { checksOf } from '../checks/checks-of.ts';
import { grade } from '../checks/grade.ts';
import { type Built, buildProgram } from '../checks/program/build.ts';
import { checkProgram } from './check/check-program.ts';
import { addGradingOptions, type GradingOptions } from './check/grading-options.ts';
import { roleNames, roleOf } from './check/role-of.ts';
import { leaveOut } from './inherited-options.ts';
import { quoted } from './quoted.ts';
import { typed } from './typed.ts';

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
  return leaveOut(addGradingOptions(verb), '--project').action(check);
}

async function check(name: string, program: string | undefined, options: Options): Promise<void> {
  const role = await roleOf(name);
  const { image, list, ...others } = options;
  if (list) return printChecks(checksOf(role), options);
  const { path, words, build } = programOf(program, image);
  await checkProgram(
    {
      path,
      grade: (run) => grade(role, { ...run, program: path, build: () => build(run.signal) }),
      command: typed(['check', ...[name, ...words].map(quoted)].join(' ')),
    },
    others,
  );
}

function printChecks(checks: readonly CheckText[], { format }: Options): void {
  if (format === 'json') console.log(JSON.stringify(checks, undefined, 2));
  else
    for (const { id, statement, title } of checks)
      console.log(`${statement.padEnd(4)}${id.padEnd(20)}${title}`);
}

interface Program {
  /** Of an image its name. */
  readonly path: string;
  /** How it is named on the command line. */
  readonly words: readonly string[];
  readonly build: (signal: AbortSignal) => Promise<Built>;
}

function programOf(program: string | undefined, image: string | undefined): Program {
  if (program !== undefined && image === undefined)
    return {
      path: program,
      words: [program],
      build: (signal) => buildProgram(program, { signal }),
    };
  if (program !== undefined || image === undefined)
    throw new TypeError('check needs either a program or --image NAME');
  const built: Built = { image, async [Symbol.asyncDispose]() {} };
  return { path: image, words: ['--image', image], build: () => Promise.resolve(built) };
}
