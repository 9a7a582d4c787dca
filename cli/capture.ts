import { Command } from 'commander';
import type { LabError } from '../lab/index.ts';
import { counted } from '../lab/util/counted.ts';
import { durationOption } from './amount-option.ts';
import { attachLab } from './attach-lab.ts';
import { printPackets, savePackets } from './capture-output.ts';
import { requireWritable } from './file.ts';
import { showing } from './progress-line.ts';
import { sharedNetworks } from './shared-network.ts';
import { typed } from './typed.ts';
import { STOP_MS, untilStopped } from './until-stopped.ts';

interface Options {
  readonly output?: string;
  readonly for?: number;
}

/** `./socketlab capture`: packets of one or several hosts, live. */
export function captureVerb(): Command {
  return new Command('capture')
    .description('print packets, or write them to a file for Wireshark')
    .argument('[host...]', 'the hosts to capture at; default: all that run')
    .option('-o, --output <file>', 'write a pcapng file; "-" for standard output')
    .addOption(
      durationOption('--for <duration>', 'end after this time, as in 500ms, 10s or 2m', STOP_MS),
    )
    .addHelpText(
      'after',
      `
Live in Wireshark: ${typed('capture -o -')} | wireshark -k -i -
A packet between two hosts is captured at both. To see one host: frame.interface_name == "tcp-client"
A host with several interfaces has "a:eth0", "a:eth1" and so on: frame.interface_name matches "^a:"`,
    )
    .action(async (names: string[], options: Options) => {
      const { output } = options;
      // Before anything is started, which takes a while.
      if (output !== undefined && output !== '-') await requireWritable(output);
      const lab = await attachLab();
      const complain = ({ message }: LabError) => console.error(`socketlab: ${message}`);
      await using capture = await showing('starting captures', () =>
        lab.capture(names.length > 0 ? names : undefined, {
          onTrouble: complain,
          onLeftOut: complain,
        }),
      );
      for (const line of await sharedNetworks(lab, names, 'the packets are'))
        console.error(`socketlab: ${line}`);
      void untilStopped(options.for).then(() => capture.stop());
      const count = await (output === undefined
        ? printPackets(capture)
        : savePackets(capture, capture.interfaces, output));
      console.error(`socketlab: captured ${counted(count, 'packet')}`);
      const missed = await capture.missed();
      if (missed > 0) {
        console.error(`socketlab: ${counted(missed, 'packet')} more came too fast to be captured`);
      }
    });
}
