import { Command, Option } from 'commander';
import { PORT } from '../lab/wire/ranges.ts';
import { durationOption, numberOption } from './amount-option.ts';
import { STOP_MS, untilStopped } from './until-stopped.ts';
import { drawSteps } from './watch/draw-steps.ts';
import { follow } from './watch/follow.ts';
import type { Output } from './watch/output.ts';
import { PacketFile } from './watch/packet-file.ts';
import { printEvents } from './watch/print-events.ts';
import { Selection } from './watch/selection.ts';
import { replay, watchLab } from './watch/source.ts';
import { Summary } from './watch/summary.ts';

interface Options {
  readonly only?: 'tcp' | 'udp';
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
}

/** With 0 the kernel chooses one. */
const PAGE_PORT = { ...PORT, min: 0 };

/** `./socketlab watch`: calls, packets, log lines and faults of all hosts, as one sequence diagram. */
export function watchVerb(): Command {
  return new Command('watch')
    .description(
      'show the calls and packets of hosts as a sequence diagram, live or of a recording',
    )
    .argument('[host...]', 'the hosts to watch, from left to right; default: all that run')
    .addOption(new Option('--only <protocol>', 'only this protocol').choices(['tcp', 'udp']))
    .option('--calls', 'only socket calls')
    .option('--no-calls', 'no socket calls: programs are not slowed down')
    .option('--all', 'also what goes on beside the conversations: name look-ups, ARP and its like')
    .option('--explain', 'say below each line what happens')
    .option(
      '-o, --output <file>',
      'also write packets to a pcapng file; "-": only, to standard output',
    )
    .option('--json', 'print a recording instead: an event a line')
    .option('--from <file>', 'replay a recording, without Docker; "-" for standard input')
    .addOption(
      durationOption('--for <duration>', 'end after so long, as in 500ms, 10s or 2m', STOP_MS),
    )
    .option('--ascii', 'draw with ASCII characters; default: where the locale is not UTF-8')
    .option('--page', 'show it in a browser of this machine, where the lab can be broken, too')
    .addOption(numberOption('--port <number>', 'of the page; default: 8650', PAGE_PORT))
    .addHelpText(
      'after',
      '\nKeep and replay: ./socketlab watch --json >lab.jsonl; ./socketlab watch --from lab.jsonl',
    )
    .action(watch);
}

async function watch(hosts: string[], options: Options): Promise<void> {
  const { calls = true, from, page, port } = options;
  const summary = new Summary();
  const outputs = page ? [] : [...(await chosenOutputs(hosts, options)), summary];
  await using source = await (from === undefined
    ? watchLab({ hosts, calls })
    : replay(from, { hosts, calls }));
  const stopped = untilStopped(options.for);
  if (page) {
    // Who looks at a terminal should not wait for what a page needs.
    const { showPage } = await import('./watch/show-page.ts');
    return await showPage(source, stopped, port);
  }
  void stopped.then(() => source.stop());
  console.error(`socketlab: ${source.what}`);
  await follow(source, new Selection(options), outputs);
  console.error(`socketlab: ${summary.words}`);
}

/** Standard output takes one thing only: packets, events or the diagram. */
async function chosenOutputs(hosts: readonly string[], options: Options): Promise<Output[]> {
  const { output, json = false } = options;
  if (json && output === '-') {
    throw new TypeError('Cannot write both --json and --output - to standard output');
  }
  const packets = output === undefined ? [] : [await PacketFile.open(output)];
  if (output === '-') return packets;
  return [...packets, json ? printEvents() : drawSteps({ ...options, hosts })];
}
