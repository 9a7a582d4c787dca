import { Command, Option } from 'commander';
import type { CheckResult, CheckText } from '../checks/check.ts';
import { findingText } from '../checks/feedback/finding-text.ts';
import { reportText } from '../checks/feedback/report-text.ts';
import { checksOf, grade } from '../checks/grade.ts';
import { type Built, buildProgram } from '../checks/program/build.ts';
import type { Role } from '../checks/roles/role.ts';
import { untilAborted } from '../lab/util/until-aborted.ts';
import { againAtEachSave } from './check/again-at-each-save.ts';
import { findingDiagram } from './check/finding-diagram.ts';
import { roleNames, roleOf } from './check/role-of.ts';
import { type ReportFiles, writeReports } from './check/write-reports.ts';
import { type Paint, paintFor, plain } from './diagram/styles.ts';
import { INTERRUPTED, interruption } from './interruption.ts';
import { show } from './progress-line.ts';

const exitCodes = { passed: 0, failed: 1, 'not-graded': 2 } as const;

interface Options extends ReportFiles {
  readonly image?: string;
  readonly seed?: string;
  readonly only?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** `./socketlab check`: grades a program of one's own on the wire. */
export function checkVerb(): Command {
  return new Command('check')
    .description('run your own program in a role, and check what it does on the wire')
    .argument('<role>', `one of: ${roleNames}; or a module with one of your own`)
    .argument(
      '[program]',
      'a folder with a Dockerfile or a main file (main.py, main.c, …), or such a file',
    )
    .option('--image <name>', 'an image, in place of a program')
    .option('--seed <text>', 'repeat a run: the same seed gives the same values')
    .option('--only <check>', 'only this check, and those that it stands on')
    .option('--list', 'list the checks of the role')
    .option('--json', 'print the report as JSON')
    .option('--junit <file>', 'also write the report as JUnit XML')
    .option('--markdown <file>', 'also write it as Markdown, as for $GITHUB_STEP_SUMMARY')
    .option(
      '--report <folder>',
      'also write a page that plays what happened, the packets and the recording',
    )
    .addOption(new Option('--watch', 'check it again whenever it is saved').conflicts('image'))
    .addHelpText('after', '\nExit code: 0 passed, 1 failed, 2 could not be graded')
    .action(check);
}

async function check(name: string, program: string | undefined, options: Options): Promise<void> {
  const role = await roleOf(name);
  if (options.list) {
    list(checksOf(role), options);
    return;
  }
  // An image that may not be had; what a crash leaves, `./socketlab sweep` removes.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const signal = interruption();
  const run = () => checkOnce({ role, name, program }, { ...options, signal });
  try {
    if (options.watch) await againAtEachSave(program ?? '', signal, run);
    else await run();
  } catch (error) {
    if (!signal.aborted) throw error;
    show('');
    // All is removed; what still waits for it need not be waited for.
    process.exit(options.watch ? 0 : INTERRUPTED);
  }
}

interface What {
  readonly role: Role<unknown>;
  /** What has been typed for the role. */
  readonly name: string;
  readonly program: string | undefined;
}

async function checkOnce(
  { role, name, program }: What,
  { seed, only, json, image, signal, ...files }: Options & { readonly signal: AbortSignal },
): Promise<void> {
  const graded = await grade(role, {
    ...programOf(program, image, signal),
    signal,
    ...(seed !== undefined && { seed }),
    ...(only !== undefined && { only }),
    onProgress: ({ title }) => show(title),
  });
  show('');
  const { report } = graded;
  const again = `./socketlab check ${quoted(name)} ${program === undefined ? `--image ${quoted(image ?? '')}` : quoted(program)}`;
  const textOf = (paint: Paint) => (result: CheckResult) =>
    findingText(result, {
      again: `${again} --seed ${quoted(report.seed)} --only ${result.check.id}`,
      draw: (one) => findingDiagram(one, paint),
    });
  await untilAborted(writeReports(graded, textOf(plain), files), signal);
  const text = () => reportText(report, textOf(paintFor(process.stdout)));
  console.log(json ? JSON.stringify(report, base64, 2) : text());
  process.exitCode = exitCodes[report.verdict];
}

/** As a shell wants it. */
const quoted = (word: string) =>
  /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Bytes in Base64: a hundred thousand numbers are nothing that anybody reads. */
function base64(this: unknown, key: string, value: unknown): unknown {
  const bytes = (this as Readonly<Record<string, unknown>>)[key];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

function list(checks: readonly CheckText[], { json }: Options): void {
  if (json) console.log(JSON.stringify(checks, undefined, 2));
  else
    for (const { id, statement, title } of checks)
      console.log(`${statement.padEnd(4)}${id.padEnd(20)}${title}`);
}

function programOf(program: string | undefined, image: string | undefined, signal: AbortSignal) {
  if (program !== undefined && image === undefined)
    return { program, build: () => buildProgram(program, { signal }) };
  if (program !== undefined || image === undefined)
    throw new TypeError('check needs either a program or --image NAME');
  const built: Built = { image, async [Symbol.asyncDispose]() {} };
  return { program: image, build: () => Promise.resolve(built) };
}
