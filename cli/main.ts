#!/usr/bin/env node
/** The verbs of `./socketlab` that look at a running lab. One file a verb: parse, call lab/, print. */
import { Command, CommanderError } from 'commander';
import { LabError, type LabErrorCode } from '../lab/index.ts';
import { chooseProject } from './attach-lab.ts';
import { breakVerb } from './break.ts';
import { captureVerb } from './capture.ts';
import { faultsVerb } from './faults.ts';
import { healVerb } from './heal.ts';
import { hostsVerb } from './hosts.ts';
import { stepVerb } from './step.ts';
import { sweepVerb } from './sweep.ts';
import { watchVerb } from './watch.ts';

/** What no instrument does, whatever else is the case. */
const refused: ReadonlySet<LabErrorCode> = new Set([
  'HOST_NETWORK',
  'HOST_PROCESSES',
  'NO_NETWORK',
]);

const program = new Command('socketlab')
  .description('Look into a running lab, and break its network on purpose')
  .option('--debug', 'show where an error comes from')
  .option(
    '--project <name>',
    'the lab; default: COMPOSE_PROJECT_NAME, as the environment or .env has it, else "socketlab"',
  )
  .configureHelp({ showGlobalOptions: true })
  .hook('preAction', (main) => chooseProject(main.opts()['project']))
  .exitOverride()
  .configureOutput({
    // A guess is on a line of its own.
    outputError: (message, write) =>
      write(message.replace(/^error/, 'socketlab').replace('\n(Did', ' (Did')),
  });

for (const verb of [
  hostsVerb,
  captureVerb,
  breakVerb,
  faultsVerb,
  healVerb,
  stepVerb,
  sweepVerb,
  watchVerb,
])
  program.addCommand(inheriting(verb()));

// Whoever reads the output may have seen enough, as `head` has: that is no error.
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

/** Says what went wrong in one line, and returns the exit code: 2 for what was typed, 1 for the rest. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  console.error(program.opts()['debug'] ? error : `socketlab: ${message}`);
  const isRefused = error instanceof LabError && refused.has(error.code);
  return error instanceof TypeError || error instanceof RangeError || isRefused ? 2 : 1;
}

/** A verb, and the verbs below it, that report what was typed wrong as the program does. */
function inheriting(verb: Command): Command {
  for (const command of verb.commands) inheriting(command);
  return verb.copyInheritedSettings(program);
}
