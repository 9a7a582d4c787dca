import { Command, Option } from 'commander';
import { type Fault, type FaultReport, type Impairment, Lab } from '../lab/index.ts';
import {
  BITS,
  COPIES,
  COUNT,
  DELAY_MS,
  FOR_MS,
  PERCENT,
  PORT,
  RATE_KBIT,
} from '../lab/wire/ranges.ts';
import { durationOption, numberOption } from './amount-option.ts';
import { hostDeeds } from './break-host.ts';
import { durationWords } from './duration.ts';
import { faultWords, healedWords } from './fault-words.ts';
import { untilStopped } from './until-stopped.ts';

/** `./socketlab break`: begins a fault and returns; `./socketlab heal` ends it. With `--for` it waits, and tells what the fault did. */
export function breakVerb(): Command {
  const verb = new Command('break').description('break something on purpose, until "heal"');
  for (const ofPath of impairments()) verb.addCommand(ofPath);
  for (const hostDeed of hostDeeds()) verb.addCommand(hostDeed);
  return verb;
}

function impairments(): Command[] {
  return [
    impairment('loss', 'lose packets').addOption(percent()),
    impairment('delay', 'deliver packets later')
      .addOption(
        durationOption(
          '--delay <duration>',
          'how much later (needed)',
          DELAY_MS,
        ).makeOptionMandatory(),
      )
      .addOption(
        durationOption('--jitter <duration>', 'up to so much more or less; default: 0ms', DELAY_MS),
      )
      .option('--overtaking', 'let jitter reorder packets'),
    impairment('reorder', 'let later packets overtake')
      .addOption(percent())
      .addOption(numberOption('--behind <packets>', 'by how many packets; default: 1', COUNT))
      .addHelpText(
        'after',
        '\nOnly what comes within 100 ms overtakes: where each packet waits for a reply, fewer\nthan --percent are overtaken.',
      ),
    impairment('duplicate', 'deliver packets more than once')
      .addOption(percent())
      .addOption(numberOption('--copies <number>', 'how often more; default: 1', COPIES)),
    impairment('corrupt', 'flip bits in packets')
      .addOption(percent())
      .addOption(numberOption('--bits <number>', 'of one byte, 1 to 8; default: 1', BITS))
      .option('--fix-checksum', 'make the checksum right, so that nobody notices'),
    impairment('rate', 'throttle')
      .addOption(
        numberOption(
          '--kbit <number>',
          'thousand bits a second (needed)',
          RATE_KBIT,
        ).makeOptionMandatory(),
      )
      .addOption(
        numberOption('--queue <packets>', 'how many wait, more are lost; default: 100', COUNT),
      ),
    impairment('partition', 'let nothing through, both ways'),
    impairment('hold', 'keep packets waiting until it is healed; beyond 1000 they are lost'),
  ];
}

function percent(): Option {
  return numberOption(
    '--percent <number>',
    'how many of a hundred (needed)',
    PERCENT,
  ).makeOptionMandatory();
}

/** The verb of one impairment: its own options are added to those that all have. */
function impairment(kind: Impairment['kind'], description: string): Command {
  return new Command(kind)
    .description(description)
    .argument('<from>', 'the host that sends')
    .argument('<to>', 'the host that the packets are on their way to')
    .addOption(new Option('--both', 'packets the other way, too').conflicts('oneWay'))
    .option('--one-way', 'not the packets the other way (partition)')
    .addOption(new Option('--proto <protocol>', 'only this protocol').choices(['tcp', 'udp']))
    .addOption(numberOption('--port <number>', 'only packets from or to this port', PORT))
    .addOption(numberOption('--every <number>', 'only every nth packet', COUNT))
    .addOption(numberOption('--first <number>', 'only the first so many packets', COUNT))
    .addOption(
      durationOption('--for <duration>', 'wait so long, heal, and tell what it did', FOR_MS),
    )
    .option('--seed <text>', 'the same seed and traffic give the same fates')
    .action(async (from: string, to: string, options: Options) => {
      requireOrder(options);
      const lab = await Lab.attach();
      const fault = await lab.impair({ from, to, ...settings(kind, options) });
      await fault.keep();
      for (const report of fault.begun) console.log(faultWords(report));
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
