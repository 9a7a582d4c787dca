import { Command, Option } from 'commander';
import { healedText } from '../lab/explain/faults/report-text.ts';
import type { DirectionReport, Fault, ImpairmentSettings } from '../lab/index.ts';
import {
  BITS,
  COPIES,
  COUNT,
  DELAY_MS,
  FOR_MS,
  PERCENT,
  RATE_KBIT,
} from '../lab/model/fault-ranges.ts';
import { durationOption, numberOption, rateOption } from './amount-option.ts';
import { attachLab } from './attach-lab.ts';
import { begunLines } from './begun-fault.ts';
import { durationWords } from './duration.ts';
import { networkOption, portOption, protocolOption } from './path-options.ts';
import { showing } from './progress-line.ts';
import { sharedNetworks } from './shared-network.ts';
import { untilStopped } from './until-stopped.ts';

/** The verbs of `break` that are about the path between two hosts. */
export function pathActions(): Command[] {
  return [
    impairment('loss', 'drop packets at random', percent()),
    delay(),
    reorder(),
    impairment('duplicate', 'deliver extra copies of packets', percent()).addOption(
      numberOption('--copies <number>', 'extra copies of each packet; default: 1', COPIES),
    ),
    corrupt(),
    rate(),
    impairment('partition', 'drop every packet, in both directions'),
    hold(),
  ];
}

function hold(): Command {
  const limit = 'the most packets that are kept, beyond which they are lost; default: 1000';
  return impairment('hold', 'keep packets until the fault is healed').addOption(
    numberOption('--limit <packets>', limit, COUNT),
  );
}

function delay(): Command {
  const needed = durationOption('--delay <duration>', 'by how much (required)', DELAY_MS);
  const jitter = 'vary the delay by up to this much; default: 0ms';
  return impairment('delay', 'delay packets', needed)
    .addOption(durationOption('--jitter <duration>', jitter, DELAY_MS))
    .option('--overtaking', 'let jitter reorder packets');
}

function reorder(): Command {
  return impairment('reorder', 'let later packets overtake earlier ones', percent())
    .addOption(
      numberOption('--behind <packets>', 'how many packets overtake each; default: 1', COUNT),
    )
    .addOption(
      durationOption('--max-wait <duration>', 'the longest wait; default: 100ms', DELAY_MS),
    )
    .addHelpText(
      'after',
      '\nA packet waits for --max-wait at most to be overtaken: where each packet waits for a reply,\nfewer than --percent are.',
    );
}

function corrupt(): Command {
  return impairment('corrupt', 'flip bits in packets', percent())
    .addOption(
      numberOption('--bits <number>', 'bits to flip within one byte, 1 to 8; default: 1', BITS),
    )
    .option('--fix-checksum', 'correct the checksum, so that the damage goes unnoticed');
}

function rate(): Command {
  const needed = rateOption('--rate <rate>', 'as in 64kbit or 2mbit (required)', RATE_KBIT);
  const packets = 'queue length, beyond which packets are lost; default: 100';
  return impairment('rate', 'limit the bandwidth', needed)
    .addOption(numberOption('--queue-packets <number>', packets, COUNT))
    .addOption(numberOption('--queue-bytes <number>', 'the same in bytes; default: any', COUNT));
}

function percent(): Option {
  return numberOption('--percent <number>', 'percentage of the packets (required)', PERCENT);
}

/** Nothing is drawn for them, so that a seed would do nothing. */
const withoutChance: ReadonlySet<string> = new Set(['rate', 'partition', 'hold']);

/**
 * The verb of one impairment, with the options that all of them have.
 *
 * @param needed An option that it cannot do without. Commander itself would miss it first, and not say that `--precent` is none.
 */
function impairment(
  kind: ImpairmentSettings['kind'],
  description: string,
  needed?: Option,
): Command {
  const verb = new Command(kind)
    .description(description)
    .argument('<from>', 'the sending host')
    .argument('<to>', 'the receiving host');
  if (needed) verb.addOption(needed);
  const seed = 'repeats a run: the same seed and traffic give the same fates';
  if (!withoutChance.has(kind)) verb.option('--seed <text>', seed);
  return verb
    .addOption(new Option('--both-ways', 'also packets in the other direction').conflicts('oneWay'))
    .option('--one-way', 'only this direction (partition)')
    .addOption(protocolOption())
    .addOption(portOption())
    .addOption(networkOption())
    .addOption(numberOption('--every <number>', 'only every nth packet', COUNT))
    .addOption(numberOption('--first <number>', 'only the first n packets', COUNT))
    .addOption(
      durationOption(
        '--for <duration>',
        'heal after this time, and report what the fault did',
        FOR_MS,
      ),
    )
    .action(async (from: string, to: string, options: Options) => {
      if (needed && options[needed.attributeName()] === undefined)
        verb.error(`error: required option '${needed.flags}' not specified`);
      requireOrder(options);
      const lab = await attachLab();
      // From before it begins: Ctrl-C at any time after that heals it.
      const stopped = options['for'] === undefined ? undefined : untilStopped();
      const fault = await showing(`breaking the path to ${to}`, () =>
        lab.impair({ from, to, ...settings(kind, options) }),
      );
      await fault.keep();
      for (const line of await begunLines(fault, lab)) console.log(line);
      for (const line of await sharedNetworks(lab, [from, to], 'the fault is')) console.log(line);
      if (stopped === undefined) return;
      console.log(healedText(fault.id, await outcome(fault, stopped)));
    });
}

/** Waits until a fault is over. @param stopped resolves at Ctrl-C, which heals it */
function outcome(fault: Fault, stopped: Promise<unknown>): Promise<DirectionReport[]> {
  return Promise.race([fault.outcome(), stopped.then(() => fault.heal())]);
}

/** No packet can have a negative delay. */
function requireOrder({ delay, jitter }: Options): void {
  if (!(Number(jitter) > Number(delay))) return;
  const [most, found] = [delay, jitter].map((ms) => durationWords(Number(ms)));
  throw new RangeError(`--jitter must be at most --delay, ${most}, but is ${found}`);
}

type Options = Readonly<Record<string, string | number | boolean | undefined>>;

/** Options are named as in the API, but where the API has a unit in the name, the unit is typed with the value. */
export const NAMES: Readonly<Record<string, string>> = {
  for: 'forMs',
  delay: 'delayMs',
  jitter: 'jitterMs',
  maxWait: 'maxWaitMs',
  rate: 'rateKbit',
};

function settings(
  kind: string,
  { bothWays: both, oneWay, ...options }: Options,
): ImpairmentSettings {
  const named = Object.entries(options).map(([name, value]) => [NAMES[name] ?? name, value]);
  const bothWays = both ? true : oneWay ? false : undefined;
  return { ...Object.fromEntries(named), kind, ...(bothWays !== undefined && { bothWays }) };
}
