import { Command, Option } from 'commander';
import { type Impairment, Lab } from '../lab/index.ts';
import { hostDeeds } from './break-host.ts';
import { duration } from './duration.ts';
import { faultWords } from './fault-words.ts';
import { number } from './number.ts';

/** `./socketlab break`: begins a fault and returns; `./socketlab heal` ends it. */
export function breakVerb(): Command {
  const verb = new Command('break').description('break something on purpose, until "heal"');
  verb.addCommand(impairment('loss', 'lose packets').addOption(percent()));
  verb.addCommand(
    impairment('delay', 'deliver packets later')
      .requiredOption('--delay <duration>', 'how much later', duration)
      .option('--jitter <duration>', 'up to so much more or less', duration)
      .option('--overtaking', 'let jitter reorder packets'),
  );
  verb.addCommand(
    impairment('reorder', 'let later packets overtake')
      .addOption(percent())
      .option('--behind <packets>', 'by how many packets', number),
  );
  verb.addCommand(
    impairment('duplicate', 'deliver packets more than once')
      .addOption(percent())
      .option('--copies <number>', 'how often more', number),
  );
  verb.addCommand(
    impairment('corrupt', 'flip bits in packets')
      .addOption(percent())
      .option('--bits <number>', 'of one byte, 1 to 8', number)
      .option('--fix-checksum', 'make the checksum right, so that nobody notices'),
  );
  verb.addCommand(
    impairment('rate', 'throttle')
      .requiredOption('--kbit <number>', 'thousand bits a second', number)
      .option('--queue <packets>', 'how many wait; more are lost', number),
  );
  verb.addCommand(impairment('partition', 'let nothing through, both ways'));
  verb.addCommand(impairment('hold', 'keep packets waiting until it is healed'));
  for (const hostDeed of hostDeeds()) verb.addCommand(hostDeed);
  return verb;
}

function percent(): Option {
  return new Option('--percent <number>', 'how many of a hundred')
    .argParser(number)
    .makeOptionMandatory();
}

/** The verb of one impairment: its own options are added to those that all have. */
function impairment(kind: Impairment['kind'], description: string): Command {
  return new Command(kind)
    .description(description)
    .argument('<from>', 'the host that sends')
    .argument('<to>', 'the host that the packets are on their way to')
    .option('--both', 'packets the other way, too')
    .option('--one-way', 'packets the other way not (partition)')
    .option('--proto <tcp|udp>', 'only packets of this protocol')
    .option('--port <number>', 'only packets from or to this port', number)
    .option('--every <number>', 'only every so-manieth packet', number)
    .option('--first <number>', 'only the first so many packets', number)
    .option('--for <duration>', 'heal by itself after so long', duration)
    .option('--seed <text>', 'the same seed and traffic give the same fates')
    .action(async (from: string, to: string, options: Options) => {
      const lab = await Lab.attach();
      const fault = await lab.impair({ from, to, ...settings(kind, options) });
      await fault.keep();
      for (const report of await fault.report()) console.log(faultWords(report));
      console.log(`seed ${fault.seed}; heal with: ./socketlab heal ${fault.ids.join(' ')}`);
    });
}

type Options = Readonly<Record<string, string | number | boolean | undefined>>;

/** What the options are called in the API, which also checks them. */
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
