/** What the matchers that look at the segments between two hosts have in common. */
import { describePacket } from '../explain/packets/describe-packet.ts';
import { SequenceNumbers } from '../explain/packets/sequence-numbers.ts';
import type { Host } from '../hosts/host.ts';
import type { PacketEvent } from '../model/event.ts';
import type { SeenPackets } from './seen-packets.ts';

/** The most packets that a message shows: the last ones. */
const SHOWN_MAX = 12;

/**
 * The first of two hosts that was captured, by the name that its packets have.
 *
 * @throws {TypeError} if neither was, but others were; undefined if there are no packets at all.
 */
export function witnessOf(
  { hosts }: SeenPackets,
  both: readonly [Host, Host],
  matcher: string,
): string | undefined {
  const witness = both.map(seenAs).find((name) => hosts.includes(name));
  if (witness !== undefined || hosts.length === 0) return witness;
  const found = hosts.map((name) => `"${name}"`).join(', ');
  const needed = both.map(({ name }) => `"${name}"`).join(' or ');
  throw new TypeError(`${matcher} needs a capture of host ${needed}, but it is of ${found}`);
}

/** Packets of hosts that share a network are reported under the name of its owner. */
function seenAs({ name, network }: Host): string {
  return network.kind === 'shared' ? network.owner : name;
}

/** The last segments, a line each, for the message of a matcher. */
export function shown(segments: readonly PacketEvent[]): string[] {
  const numbers = new SequenceNumbers();
  const lines = segments.map(({ packet }) => `  ${describePacket(packet, numbers)}`);
  if (lines.length === 0) return [];
  const left = lines.length - SHOWN_MAX;
  const head = left > 0 ? [`  (${left} earlier segments are left out)`] : [];
  return [...head, ...lines.slice(-SHOWN_MAX)];
}
