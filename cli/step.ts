import { Command } from 'commander';
import type { Decision } from '../lab/index.ts';
import { attachLab } from './attach-lab.ts';
import { networkOption, portOption, protocolOption } from './path-options.ts';
import { showing } from './progress-line.ts';
import { sharedNetworks } from './shared-network.ts';
import { stepByKeys, stepByScript } from './step/decide.ts';
import { KEYS_HELP, script } from './step/decisions.ts';
import { Keyboard } from './step/keyboard.ts';
import { wrap } from './terminal.ts';
import { untilStopped } from './until-stopped.ts';

interface Options {
  readonly script?: Decision[];
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  readonly network?: string;
}

/** `./socketlab step`: a debugger for the network. */
export function stepVerb(): Command {
  return new Command('step')
    .description('hold the packets between two hosts, and decide on each')
    .argument('<from>', 'one of the hosts')
    .argument('<to>', 'the other one')
    .option(
      '--script <list>',
      'one decision per packet, then end: deliver, drop, duplicate or delay:500ms',
      script,
    )
    .addOption(protocolOption())
    .addOption(portOption())
    .addOption(networkOption())
    .addHelpText('after', `\nKeys: ${KEYS_HELP}`)
    .action(async (from: string, to: string, options: Options) => {
      if (!options.script && !process.stdin.isTTY) {
        throw new TypeError('Cannot step without a terminal: give the decisions with --script');
      }
      const stopped = untilStopped();
      const lab = await attachLab();
      const { protocol, port, network } = options;
      const limits = {
        ...(protocol && { protocol }),
        ...(port !== undefined && { port }),
        ...(network !== undefined && { network }),
      };
      await using hold = await showing('starting to hold packets', () =>
        lab.hold({ from, to, ...limits }),
      );
      console.error(`socketlab: holding the packets between ${from} and ${to}`);
      for (const line of await sharedNetworks(lab, [from, to], 'this is'))
        console.error(`socketlab: ${line}`);
      // The end of the scope of the hold reports an error.
      const quit = () => void hold[Symbol.asyncDispose]().catch(() => undefined);
      void stopped.then(quit);
      if (options.script) return await stepByScript(hold, options.script);
      console.error(wrap(KEYS_HELP));
      using keyboard = new Keyboard(quit);
      void stopped.then(() => keyboard.quit());
      await stepByKeys(hold, keyboard);
    });
}
