import type { DuplicateSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { drawn, type Impairment, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';

/**
 * Lets packets arrive more than once, the copies right after the original. A fragmented datagram arrives once more only if each of
 * its fragments was copied: copies of some are discarded, as they do not make up another one.
 */
export function duplicate({ percent, copies = 1 }: DuplicateSettings, random: Random): Impairment {
  return {
    decide(packet, _nowNs, count = 1) {
      const packets = drawn(percent, count, random);
      if (packets === 0 || !isCopyable(packet)) return PASS;
      const isWhole = packets === packet.onLine.length;
      return { kind: 'duplicate', copies: isWhole ? copies : 0, packets, copied: packets * copies };
    },
  };
}

/**
 * Whether a copy can be sent from the host to itself. A copy to a multicast group would leave the host, and reach others.
 */
export function isCopyable({ bytes, headers, isCut }: WirePacket): boolean {
  if (isCut) return false;
  const { version, sourceAt } = headers;
  const first = bytes.readUInt8(sourceAt + (version === 4 ? 4 : 16));
  // RFC 5771: 224.0.0.0/4, and above it 255.255.255.255. RFC 4291, section 2.7: ff00::/8.
  return version === 4 ? first < 224 : first !== 0xff;
}
