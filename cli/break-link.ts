import { Command, Option } from 'commander';
import { healedText, reportText } from '../lab/explain/faults/report-text.ts';
import { type Faults, type PresetName, presets } from '../lab/index.ts';
import { FOR_MS } from '../lab/model/fault-ranges.ts';
import { durationOption } from './amount-option.ts';
import { attachLab, healCommand } from './attach-lab.ts';
import { reportOf } from './begun-fault.ts';
import { sharedNetworks } from './shared-network.ts';
import { untilStopped } from './until-stopped.ts';

interface Options {
  readonly preset: PresetName;
  readonly for?: number;
}

/** `./socketlab break link`: several faults at once, so that a path is like a kind of line that people have. */
export function linkAction(): Command {
  const preset = new Option('--preset <name>', 'the kind of line (required)');
  const time = 'heal after this time, and report what the faults did';
  return new Command('link')
    .description('give a path the delay and the bandwidths of a kind of line')
    .argument('<from>', 'the host at the end of the line, which sends on its uplink')
    .argument('<to>', 'the other host')
    .addOption(preset.choices(Object.keys(presets)).makeOptionMandatory())
    .addOption(durationOption('--for <duration>', time, FOR_MS))
    .action(async (from: string, to: string, options: Options) => {
      const lab = await attachLab();
      // From before it begins: Ctrl-C at any time after that heals it.
      const stopped = options.for === undefined ? undefined : untilStopped();
      const forMs = options.for === undefined ? {} : { forMs: options.for };
      const faults = await lab.impair({ from, to, preset: options.preset, ...forMs });
      await faults.keep();
      for (const fault of faults.all) console.log(reportText(reportOf(fault)));
      for (const line of await sharedNetworks(lab, [from, to], 'the faults are')) console.log(line);
      console.log(`heal with: ${healCommand(...faults.all.map(({ id }) => id))}`);
      if (stopped !== undefined) await tellEnd(faults, stopped);
    });
}

/** Waits until all are over. @param stopped resolves at Ctrl-C, which heals them */
async function tellEnd(faults: Faults, stopped: Promise<unknown>): Promise<void> {
  void stopped.then(() => faults.heal());
  for (const fault of faults.all) console.log(healedText(fault.id, await fault.outcome()));
}
