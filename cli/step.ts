import { Command } from 'commander';
import { describePacket, type HeldPacket, type Hold, Lab, SequenceNumbers } from '../lab/index.ts';
import { type Decision, KEYS, KEYS_HELP, script } from './decision.ts';
import { keys } from './keyboard.ts';
import { number } from './number.ts';
import { untilStopped } from './until-stopped.ts';

interface Options {
  readonly script?: Decision[];
  readonly proto?: 'tcp' | 'udp';
  readonly port?: number;
}

/** `./socketlab step`: a debugger for the network. */
export function stepVerb(): Command {
  return new Command('step')
    .description('hold the packets between two hosts, and decide upon each')
    .argument('<from>', 'one of the hosts')
    .argument('<to>', 'the other')
    .option(
      '--script <list>',
      'deliver, drop, duplicate or delay:500ms, one a packet; then it ends',
      script,
    )
    .option('--proto <tcp|udp>', 'only packets of this protocol')
    .option('--port <number>', 'only packets from or to this port', number)
    .addHelpText('after', `\nKeys: ${KEYS_HELP}`)
    .action(async (from: string, to: string, options: Options) => {
      if (!options.script && !process.stdin.isTTY) {
        throw new TypeError('Cannot step without a terminal: give the decisions with --script');
      }
      const lab = await Lab.attach();
      const { proto, port } = options;
      const limits = { ...(proto && { protocol: proto }), ...(port && { port }) };
      await using hold = await lab.hold({ from, to, ...limits });
      void untilStopped().then(() => hold[Symbol.asyncDispose]());
      console.error(`socketlab: holding the packets between ${from} and ${to}`);
      if (!options.script) console.error(KEYS_HELP);
      await step(hold, options.script ?? decisionsByKey());
    });
}

/** Shows each held packet, and carries out what is decided; ends with the decisions, or with the hold. */
async function step(
  hold: Hold,
  decisions: readonly Decision[] | AsyncIterable<Decision>,
): Promise<void> {
  const shown = new ShownPackets();
  let held = await showNext(hold, shown);
  let left = Array.isArray(decisions) ? decisions.length : Number.POSITIVE_INFINITY;
  for await (const decision of decisions) {
    if (held === undefined) return;
    await decision.carryOut(held);
    console.log(` -> ${decision.said}`);
    left -= 1;
    if (left === 0) return;
    held = await showNext(hold, shown);
  }
  console.log(' -> delivered, as the hold ends');
}

async function showNext(hold: Hold, shown: ShownPackets): Promise<HeldPacket | undefined> {
  const held = await hold.next();
  if (held !== undefined) process.stdout.write(shown.words(held));
  return held;
}

/** Puts packets into words, and knows which of them were there before. */
class ShownPackets {
  readonly #numbers = new SequenceNumbers();
  readonly #known = new Set<string>();

  words({ identity, packet }: HeldPacket): string {
    const words = describePacket(packet, this.#numbers);
    // A TCP segment that uses up no sequence number, a mere ACK, is never sent again (RFC 9293, section 3.4).
    const { syn, fin } = packet.tcp?.flags ?? { syn: false, fin: false };
    if (packet.tcp && !syn && !fin && packet.payloadLength === 0) return words;
    const { ipId: _ipId, ...same } = identity;
    const key = JSON.stringify([same, syn, fin]);
    if (this.#known.has(key)) return `${words} (sent again)`;
    this.#known.add(key);
    return words;
  }
}

async function* decisionsByKey(): AsyncGenerator<Decision> {
  for await (const key of keys()) {
    const decision = KEYS[key];
    if (decision !== undefined) yield decision;
  }
}
