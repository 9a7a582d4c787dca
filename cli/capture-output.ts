import { pipeline } from 'node:stream/promises';
import { describePacket, type PacketEvent, PcapngWriter, SequenceNumbers } from '../lab/index.ts';
import { interfaceName } from '../lab/model/interface-name.ts';
import { cannotWrite, openToWrite } from './file.ts';
import { wrap } from './terminal.ts';

/** Prints a line a packet, and returns how many there were. */
export async function printPackets(events: AsyncIterable<PacketEvent>): Promise<number> {
  const numbers = new Map<string, SequenceNumbers>();
  let count = 0;
  for await (const event of events) {
    const { atNs, host, direction, packet } = event;
    const known = numbers.get(host) ?? new SequenceNumbers();
    numbers.set(host, known);
    count += 1;
    const words = describePacket(packet, known);
    console.log(wrap(`${timeOfDay(atNs)} ${interfaceName(event)} ${direction} ${words}`));
  }
  return count;
}

/** Writes packets to a file as pcapng, or to standard output for `-`, and returns how many there were. @throws when it cannot. */
export async function savePackets(
  events: AsyncIterable<PacketEvent>,
  interfaces: readonly string[],
  file: string,
): Promise<number> {
  let count = 0;
  const blocks = async function* () {
    const writer = new PcapngWriter();
    yield writer.start(interfaces);
    for await (const event of events) {
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
