import { Command, Option } from 'commander';
import type { Fault, FaultReport, Impairment } from '../lab/index.ts';
import { BITS, COPIES, COUNT, DELAY_MS, FOR_MS, PERCENT, RATE_KBIT } from '../lab/util/ranges.ts';
import { durationOption, numberOption } from './amount-option.ts';
import { attachLab } from './attach-lab.ts';
import { durationWords } from './duration.ts';
import { networkOption, portOption, protocolOption } from './path-options.ts';
import { healedWords, reportWords } from './report-words.ts';
import { sharedNetworks } from './shared-network.ts';
import { untilStopped } from './until-stopped.ts';

/** The verbs of `break` that are about the path between two hosts. */
export function pathDeeds(): Command[] {
  return [
    impairment('loss', 'lose packets').addOption(percent()),
    delay(),
    reorder(),
    impairment('duplicate', 'deliver packets more than once')
      .addOption(percent())
      .addOption(numberOption('--copies <number>', 'how often more; default: 1', COPIES)),
    corrupt(),
    rate(),
    impairment('partition', 'let nothing through, both ways'),
    impairment('hold', 'keep packets waiting until it is healed; beyond 1000 they are lost'),
  ];
}

function delay(): Command {
  const needed = durationOption('--delay <duration>', 'how much later (needed)', DELAY_MS);
  const jitter = 'up to so much more or less; default: 0ms';
  return impairment('delay', 'deliver packets later')
    .addOption(needed.makeOptionMandatory())
    .addOption(durationOption('--jitter <duration>', jitter, DELAY_MS))
    .option('--overtaking', 'let jitter reorder packets');
}

function reorder(): Command {
  return impairment('reorder', 'let later packets overtake')
    .addOption(percent())
    .addOption(numberOption('--behind <packets>', 'by how many packets; default: 1', COUNT))
    .addHelpText(
      'after',
      '\nOnly what comes within 100 ms overtakes: where each packet waits for a reply, fewer\nthan --percent are overtaken.',
    );
}

function corrupt(): Command {
  return impairment('corrupt', 'flip bits in packets')
    .addOption(percent())
    .addOption(numberOption('--bits <number>', 'of one byte, 1 to 8; default: 1', BITS))
    .option('--fix-checksum', 'make the checksum right, so that nobody notices');
}

function rate(): Command {
  const needed = numberOption('--kbit <number>', 'thousand bits a second (needed)', RATE_KBIT);
  const queue = 'how many wait, more are lost; default: 100';
  return impairment('rate', 'throttle')
    .addOption(needed.makeOptionMandatory())
    .addOption(numberOption('--queue <packets>', queue, COUNT));
}

function percent(): Option {
  const option = numberOption('--percent <number>', 'how many of a hundred (needed)', PERCENT);
  return option.makeOptionMandatory();
}

/** The verb of one impairment: its own options are added to those that all have. */
function impairment(kind: Impairment['kind'], description: string): Command {
  return new Command(kind)
    .description(description)
    .argument('<from>', 'the host that sends')
    .argument('<to>', 'the host that the packets are on their way to')
    .addOption(new Option('--both', 'packets the other way, too').conflicts('oneWay'))
    .option('--one-way', 'not the packets the other way (partition)')
    .addOption(protocolOption())
    .addOption(portOption())
    .addOption(networkOption())
    .addOption(numberOption('--every <number>', 'only every nth packet', COUNT))
    .addOption(numberOption('--first <number>', 'only the first so many packets', COUNT))
    .addOption(
      durationOption('--for <duration>', 'wait so long, heal, and tell what it did', FOR_MS),
    )
    .option('--seed <text>', 'the same seed and traffic give the same fates')
    .action(async (from: string, to: string, options: Options) => {
      requireOrder(options);
      const lab = await attachLab();
      const fault = await lab.impair({ from, to, ...settings(kind, options) });
      await fault.keep();
      for (const report of fault.begun) console.log(reportWords(report));
      for (const line of await sharedNetworks(lab, [from, to], 'the fault is')) console.log(line);
      console.log(`seed ${fault.seed}; heal with: ./socketlab heal ${fault.ids.join(' ')}`);
      if (options['for'] === undefined) return;
      for (const report of await outcome(fault)) console.log(healedWords(report));
    });
}

/** Waits until a fault is over, whoever ends it: also the person at the terminal. */
function outcome(fault: Fault): Promise<FaultReport[]> {
  return Promise.race([fault.outcome(), untilStopped().then(() => fault.heal())]);
}

/** No packet can be delayed by less than nothing. */
function requireOrder({ delay, jitter }: Options): void {
  if (!(Number(jitter) > Number(delay))) return;
  const [most, found] = [delay, jitter].map((ms) => durationWords(Number(ms)));
  throw new RangeError(`--jitter must be at most --delay, ${most}, but is ${found}`);
}

type Options = Readonly<Record<string, string | number | boolean | undefined>>;

/** What the options are called in the API. */
const NAMES: Readonly<Record<string, string>> = {
  proto: 'protocol',
  for: 'forMs',
  delay: 'delayMs',
  jitter: 'jitterMs',
  kbit: 'rateKbit',
  queue: 'queuePackets',
};

function settings(kind: string, { both, oneWay, ...options }: Options): Impairment {
  const named = Object.entries(options).map(([name, value]) => [NAMES[name] ?? name, value]);
  const bothWays = both ? true : oneWay ? false : undefined;
  return { ...Object.fromEntries(named), kind, ...(bothWays !== undefined && { bothWays }) };
}
