#!/usr/bin/env node
/** The verbs of `./socketlab` that look at a running lab. One file a verb: parse, call lab/, print. */
import { Command, CommanderError } from 'commander';
import { LabError, type LabErrorCode } from '../lab/index.ts';
import { chooseProject } from './attach-lab.ts';
import { breakVerb } from './break.ts';
import { captureVerb } from './capture.ts';
import { checkVerb } from './check.ts';
import { faultsVerb } from './faults.ts';
import { healVerb } from './heal.ts';
import { hostsVerb } from './hosts.ts';
import { matrixVerb } from './matrix.ts';
import { stepVerb } from './step.ts';
import { sweepVerb } from './sweep.ts';
import { watchVerb } from './watch.ts';

/** Refused for this host in any state, so that the command line itself is wrong. */
const refused: ReadonlySet<LabErrorCode> = new Set([
  'HOST_NETWORK',
  'HOST_PROCESSES',
  'NO_NETWORK',
]);

const program = new Command('socketlab')
  .description('Watch a running lab, break its network on purpose, and look at its hosts')
  .option('--debug', 'print the stack trace of an error')
  .option(
    '--project <name>',
    'the lab; default: COMPOSE_PROJECT_NAME of the environment or .env, else "socketlab"',
  )
  .configureHelp({ showGlobalOptions: true })
  .hook('preAction', (main) => chooseProject(main.opts()['project']))
  .exitOverride()
  .configureOutput({
    // Commander puts its suggestion on a line of its own.
    outputError: (message, write) =>
      write(message.replace(/^error/, 'socketlab').replace('\n(Did', ' (Did')),
  });

/** By what people want to do, as in the help of the shell script. */
const verbs = {
  'Watch it:': [watchVerb, captureVerb],
  'Break it:': [breakVerb, stepVerb, healVerb],
  'Look at it:': [hostsVerb, faultsVerb],
  'Replace it:': [checkVerb, matrixVerb],
  'Look after this machine:': [sweepVerb],
};
for (const [group, ofGroup] of Object.entries(verbs)) {
  program.commandsGroup(group);
  for (const verb of ofGroup) program.addCommand(inheriting(verb()));
}
program.helpCommand('help [verb]', 'show the options of a verb');

// A reader such as `head` may have seen enough: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  console.error(`socketlab: Cannot write to standard output: ${error.message}`);
  process.exit(1);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Prints an error on one line, and returns the exit code: 2 for what was typed, 1 for everything else. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  console.error(program.opts()['debug'] ? error : `socketlab: ${message}`);
  const isRefused = error instanceof LabError && refused.has(error.code);
  return error instanceof TypeError || error instanceof RangeError || isRefused ? 2 : 1;
}

/** Makes a verb and its subcommands report usage errors as the program does. */
function inheriting(verb: Command): Command {
  for (const command of verb.commands) inheriting(command);
  return verb.copyInheritedSettings(program);
}
