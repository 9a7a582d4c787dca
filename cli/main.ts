/** The verbs of `./socketlab` that look at a running lab. One file a verb: parse, call lab/, print. */
import { Command, CommanderError, Option } from 'commander';
import { chooseTracer, LabError, type LabErrorCode, tracers } from '../lab/index.ts';
import { escaped } from '../lab/util/escaped.ts';
import { chooseProject } from './attach-lab.ts';
import { harmlessConsole } from './harmless-console.ts';
import { inheriting } from './inherited-options.ts';

globalThis.console = harmlessConsole();

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
  .addOption(
    new Option(
      '--tracer <name>',
      'what shows socket calls; default: TRACER of the environment or .env, else "auto": BPF where the kernel has it',
    ).choices(tracers),
  )
  .configureHelp({ showGlobalOptions: true })
  .hook('preAction', (main) => {
    const { project, tracer } = main.opts();
    chooseProject(project);
    if (tracer !== undefined) chooseTracer(tracer);
  })
  .exitOverride()
  .configureOutput({
    // Commander puts its suggestion on a line of its own.
    outputError: (message, write) =>
      write(escaped(message.replace(/^error/, 'socketlab').replace('\n(Did', ' (Did'))),
  });

/** By what people want to do, as in the help of the shell script. */
const verbs = {
  'Watch it:': {
    watch: async () => (await import('./watch.ts')).watchVerb(),
    capture: async () => (await import('./capture.ts')).captureVerb(),
  },
  'Break it:': {
    break: async () => (await import('./break.ts')).breakVerb(),
    step: async () => (await import('./step.ts')).stepVerb(),
    heal: async () => (await import('./heal.ts')).healVerb(),
  },
  'Look at it:': {
    hosts: async () => (await import('./hosts.ts')).hostsVerb(),
    faults: async () => (await import('./faults.ts')).faultsVerb(),
  },
  'Replace it:': {
    check: async () => (await import('./check.ts')).checkVerb(),
    matrix: async () => (await import('./matrix.ts')).matrixVerb(),
  },
  'Learn with it:': {
    exercise: async () => (await import('./exercise.ts')).exerciseVerb(),
  },
  'Look after this machine:': {
    sweep: async () => (await import('./sweep.ts')).sweepVerb(),
  },
};
/** With these 1 says that a program has failed. */
const graders: readonly string[] = ['check', 'matrix', 'exercise'];

// All of them take longer to load than most take to run: the others are needed only for help, and to suggest the right name.
const named = verbIn(process.argv.slice(2));
const isNamed = Object.values(verbs).some((ofGroup) => Object.hasOwn(ofGroup, named));
for (const [group, ofGroup] of Object.entries(verbs)) {
  program.commandsGroup(group);
  for (const [name, load] of Object.entries(ofGroup)) {
    if (name === named || !isNamed) program.addCommand(inheriting(await load(), program));
  }
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
  process.exitCode = await explain(error);
}

/** The first word that is neither an option nor the value of one; '' when there is none. */
function verbIn(words: readonly string[]): string {
  const isVerb = (word: string, at: number) =>
    !word.startsWith('-') && !['--project', '--tracer'].includes(words[at - 1] ?? '');
  return words.find(isVerb) ?? '';
}

/**
 * Prints an error on one line; of a grader in GitHub Actions as an annotation.
 *
 * @returns the exit code: 2 for what was typed, and 1 for everything else but with a grader
 */
async function explain(thrown: unknown): Promise<number> {
  // Where both a task and its end have failed, the task has failed first.
  const error = thrown instanceof SuppressedError ? thrown.suppressed : thrown;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  const isGrader = graders.includes(named);
  if (isGrader && process.env['GITHUB_ACTIONS'] === 'true') {
    const { notGradedWarning } = await import('../checks/report/github.ts');
    console.error(notGradedWarning(`${named} could not grade`, message));
  } else console.error(program.opts()['debug'] ? error : `socketlab: ${message}`);
  const isRefused = error instanceof LabError && refused.has(error.code);
  const isTyped = error instanceof TypeError || error instanceof RangeError || isRefused;
  return isTyped || isGrader ? 2 : 1;
}
