import { Command } from 'commander';
import { decisionText } from '../lab/explain/packets/decision-text.ts';
import {
  type Decision,
  describePacket,
  type HeldPacket,
  type Hold,
  SequenceNumbers,
} from '../lab/index.ts';
import { LruMap } from '../lab/util/lru-map.ts';
import { attachLab } from './attach-lab.ts';
import { KEYS, KEYS_HELP, script } from './decisions.ts';
import { Keyboard } from './keyboard.ts';
import { networkOption, portOption, protocolOption } from './path-options.ts';
import { sharedNetworks } from './shared-network.ts';
import { INDENT, width, wrap } from './terminal.ts';
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
      await using hold = await lab.hold({ from, to, ...limits });
      console.error(`socketlab: holding the packets between ${from} and ${to}`);
      for (const line of await sharedNetworks(lab, [from, to], 'this is'))
        console.error(`socketlab: ${line}`);
      // The end of the scope of the hold reports an error.
      const quit = () => void hold[Symbol.asyncDispose]().catch(() => undefined);
      void stopped.then(quit);
      if (options.script) return await stepByScript(hold, options.script);
      console.error(KEYS_HELP);
      using keyboard = new Keyboard(quit);
      void stopped.then(() => keyboard.quit());
      await stepByKeys(hold, keyboard);
    });
}

/** Decides on one packet after another, by a script. */
async function stepByScript(hold: Hold, decisions: readonly Decision[]): Promise<void> {
  const shown = new ShownPackets();
  for (const decision of decisions) {
    const held = await hold.next();
    if (held === undefined) return;
    shown.show(held);
    await held.decide(decision);
    shown.tell(decisionText(decision));
  }
}

/** Lets a person at the keyboard decide, until they quit. */
async function stepByKeys(hold: Hold, keyboard: Keyboard): Promise<void> {
  const shown = new ShownPackets();
  for await (const held of hold) {
    shown.show(held);
    const decision = await decisionByKey(keyboard);
    if (decision === undefined) return shown.tell('delivered, as the hold ends');
    await held.decide(decision);
    shown.tell(decisionText(decision));
  }
}

async function decisionByKey(keyboard: Keyboard): Promise<Decision | undefined> {
  for (let key = await keyboard.next(); key !== undefined; key = await keyboard.next()) {
    const decision = KEYS[key];
    if (decision !== undefined) return decision;
  }
  return undefined;
}

/** So many segments are remembered: far more than wait to be acknowledged, and only such are sent again. */
const KNOWN_MAX = 10_000;

/** Puts packets into words, and knows which of them were there before. */
class ShownPackets {
  readonly #numbers = new SequenceNumbers();
  readonly #known = new LruMap<string, true>(KNOWN_MAX);
  #line = '';

  show(held: HeldPacket): void {
    const words = wrap(this.#words(held));
    process.stdout.write(words);
    this.#line = words.split('\n').at(-1) ?? '';
  }

  /** Prints the fate of a packet after it. */
  tell(fate: string): void {
    const words = `-> ${fate}`;
    const fits = this.#line.length + 1 + words.length <= width();
    console.log(fits ? ` ${words}` : `\n${INDENT}${words}`);
  }

  #words({ identity, packet }: HeldPacket): string {
    const words = describePacket(packet, this.#numbers);
    // Only TCP shows it. A pure ACK uses up no sequence number, and is never sent again (RFC 9293, section 3.4).
    if (packet.tcp === undefined) return words;
    const { syn, fin } = packet.tcp.flags;
    if (!syn && !fin && packet.payloadLength === 0) return words;
    const { ipId: _ipId, ...same } = identity;
    const key = JSON.stringify([same, syn, fin]);
    if (this.#known.get(key)) return `${words} (sent again)`;
    this.#known.set(key, true);
    return words;
  }
}
