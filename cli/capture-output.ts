import { pipeline } from 'node:stream/promises';
import { describePacket, type PacketEvent, PcapngWriter, SequenceNumbers } from '../lab/index.ts';
import { interfaceName } from '../lab/model/interface-name.ts';
import { inTimeOrder } from '../lab/util/in-time-order.ts';
import { cannotWrite, openToWrite } from './file.ts';
import { wrap } from './terminal.ts';

/** Each host's packets come in order, and those of a busy host may come later: how long they are waited for. */
const ORDER = { file: { waitMs: 1000, most: 50_000 }, terminal: { waitMs: 200, most: 10_000 } };

/** Prints a line a packet, and returns how many there were. */
export async function printPackets(events: AsyncIterable<PacketEvent>): Promise<number> {
  const numbers = new Map<string, SequenceNumbers>();
  let count = 0;
  for await (const event of inTimeOrder(events, ORDER.terminal)) {
    const { atNs, host, direction, packet } = event;
    const known = numbers.get(host) ?? new SequenceNumbers();
    numbers.set(host, known);
    count += 1;
    const words = describePacket(packet, known);
    console.log(wrap(`${timeOfDay(atNs)} ${interfaceName(event)} ${direction} ${words}`));
  }
  return count;
}

/** Writes packets in the order of their times to a file as pcapng, or to standard output for `-`, and returns how many there were. @throws when it cannot. */
export async function savePackets(
  events: AsyncIterable<PacketEvent>,
  interfaces: readonly string[],
  file: string,
): Promise<number> {
  let count = 0;
  const blocks = async function* () {
    const writer = new PcapngWriter();
    yield writer.start(interfaces);
    for await (const event of inTimeOrder(events, ORDER.file)) {
      count += 1;
      yield writer.packet(event);
    }
  };
  const output = file === '-' ? process.stdout : await openToWrite(file);
  try {
    await pipeline(blocks, output);
  } catch (error) {
    throw cannotWrite(file, error);
  }
  return count;
}

/** `12:34:56.123456789`, in UTC. */
function timeOfDay(atNs: string): string {
  const seconds = Number(atNs.slice(0, -9));
  return `${new Date(seconds * 1000).toISOString().slice(11, 19)}.${atNs.slice(-9)}`;
}
