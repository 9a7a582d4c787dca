import { Command, Option } from 'commander';
import { PORT } from '../lab/model/fault-ranges.ts';
import { durationOption, numberOption } from './amount-option.ts';
import { requireWritable } from './file.ts';
import { typed } from './typed.ts';
import { STOP_MS, untilStopped } from './until-stopped.ts';
import { drawSteps } from './watch/draw-steps.ts';
import { follow } from './watch/follow.ts';
import type { Output } from './watch/output.ts';
import { PacketFile } from './watch/packet-file.ts';
import { printEvents } from './watch/print-events.ts';
import { isSameFile } from './watch/same-file.ts';
import { Selection } from './watch/selection.ts';
import { replay, watchLab } from './watch/source.ts';
import { Summary } from './watch/summary.ts';

interface Options {
  readonly protocol?: 'tcp' | 'udp';
  readonly calls?: boolean;
  readonly output?: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly for?: number;
  readonly all?: boolean;
  readonly explain?: boolean;
  readonly ascii?: boolean;
  readonly page?: boolean;
  readonly port?: number;
  readonly origin?: string;
  readonly preview?: boolean;
}

/** With 0 the kernel chooses one. */
const PAGE_PORT = { ...PORT, min: 0 };

/** `./socketlab watch`: the calls, packets, log lines and faults of all hosts in one sequence diagram. */
export function watchVerb(): Command {
  const verb = new Command('watch')
    .description('draw socket calls and packets as a sequence diagram, live or from a recording')
    .argument('[host...]', 'the hosts to watch, from left to right; default: all that run')
    .addOption(new Option('--protocol <name>', 'only this protocol').choices(['tcp', 'udp']))
    .option('--calls', 'only socket calls')
    .option('--no-calls', 'no socket calls, so that programs are not slowed down')
    .option('--all', 'also name look-ups, ARP and other traffic outside the conversations')
    .option('--explain', 'explain each line in a sentence')
    .option(
      '-o, --output <file>',
      'also write a file: packets (pcapng; "-" for standard output), or the whole page, if it ends in .html',
    )
    .addOption(
      new Option('--json', 'print a recording instead, one event per line').conflicts([
        'ascii',
        'explain',
      ]),
    )
    .option('--from <file>', 'replay a recording, without Docker; "-" for standard input')
    .addOption(
      durationOption('--for <duration>', 'end after this time, as in 500ms, 10s or 2m', STOP_MS),
    )
    .option('--ascii', 'draw with ASCII characters, the default unless the locale is UTF-8')
    .addHelpText(
      'after',
      `\nKeep and replay: ${typed('watch --json')} >lab.jsonl; ${typed('watch --from lab.jsonl')}`,
    )
    .action(watch);
  for (const option of pageOptions()) verb.addOption(option);
  return refuseBoth(verb, 'calls', 'no-calls');
}

function pageOptions(): Option[] {
  const page = new Option('--page', 'show it in a browser, where faults can be begun, too');
  const where = 'the address that the port is forwarded to, as https://name.example';
  return [
    page.conflicts(['all', 'ascii', 'explain', 'json', 'protocol', 'output']),
    numberOption('--port <number>', 'the port of the page; default: 8650', PAGE_PORT),
    new Option('--origin <address>', `${where}; Codespaces and code-server set it`),
    new Option('--preview', 'let editors show the page in a preview, without the token'),
  ];
}

/** Of two options that set one value, the last would win unnoticed. */
function refuseBoth(verb: Command, ...names: readonly [string, string]): Command {
  const given = new Set<string>();
  for (const name of names) {
    verb.on(`option:${name}`, () => {
      given.add(name);
      if (given.size < names.length) return;
      verb.error(`error: option '--${names[0]}' cannot be used with option '--${names[1]}'`);
    });
  }
  return verb;
}

async function watch(hosts: string[], options: Options): Promise<void> {
  checkTogether(options);
  const { calls = true, from, page } = options;
  if (options.output !== undefined && options.output !== '-') await requireWritable(options.output);
  const summary = new Summary();
  const open = () =>
    from === undefined ? watchLab({ hosts, calls }) : replay(from, { hosts, calls });
  if (page) {
    // Loaded only now, as the terminal needs none of it.
    const { showPage } = await import('./watch/show-page.ts');
    return await showPage(open, options);
  }
  await using source = await open();
  // Only now, as an existing file is replaced.
  const outputs = [...(await chosenOutputs(hosts, options, interrupted())), summary];
  const stopped = untilStopped(options.for);
  void stopped.then(() => source.stop());
  console.error(`socketlab: ${source.what}`);
  await follow(source, new Selection(options), outputs);
  console.error(`socketlab: ${summary.words}`);
}

/** @throws {TypeError} for what cannot be done together, or would do nothing. */
function checkTogether({ page, port, origin, preview, calls, from, json, output }: Options): void {
  if (port !== undefined && !page) throw new TypeError('Cannot use --port without --page');
  if (origin !== undefined && !page) throw new TypeError('Cannot use --origin without --page');
  if (preview && !page) throw new TypeError('Cannot use --preview without --page');
  if (page && calls === true) throw new TypeError('Cannot show only calls with --page');
  if (output === undefined) return;
  // Standard output takes one thing only: packets, events or the diagram.
  if (json && output === '-')
    throw new TypeError('Cannot write both --json and --output - to standard output');
  if (calls === true && !isPage(output))
    throw new TypeError('Cannot write packets with --calls: it leaves them out');
  if (from !== undefined && isSameFile(from, output))
    throw new TypeError(`Cannot write to "${output}": it is the recording that is read`);
}

/** Aborted by Ctrl-C at a terminal: who has seen enough would only wait for what is still to be drawn. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  if (process.stdout.isTTY) process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

async function chosenOutputs(
  hosts: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<Output[]> {
  const { output, json = false } = options;
  const files = output === undefined ? [] : [await openOutput(output)];
  if (output === '-') return files;
  return [...files, json ? printEvents() : drawSteps({ ...options, hosts, signal })];
}

const isPage = (file: string) => file.endsWith('.html');

async function openOutput(file: string): Promise<Output> {
  if (!isPage(file)) return PacketFile.open(file);
  // Loaded only now, as nothing else needs the page.
  const { PageFile } = await import('./watch/page-file.ts');
  return PageFile.open(file);
}
