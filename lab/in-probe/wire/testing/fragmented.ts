import { fixChecksum } from '../checksum.ts';
import { headersOf, UDP } from '../headers.ts';
import { type WirePacket, wirePacket } from '../packet.ts';
import { packetBytes } from './packets.ts';

/** The fragments of an IPv6 datagram with so many bytes of payload, each of at most `size` bytes of data, in their order. */
export function fragmented(payloadBytes: number, { size = 1448, id = 1 } = {}): WirePacket[] {
  const ends = { from: '2001:db8::1', to: '2001:db8::2' };
  const payload = 'x'.repeat(payloadBytes);
  const whole = packetBytes({ ...ends, payload });
  const headers = headersOf(whole);
  if (headers) fixChecksum(whole, headers);
  const [network, data] = [whole.subarray(0, 40), whole.subarray(40)];
  return Array.from({ length: Math.ceil(data.length / size) }, (_, n) => {
    const part = data.subarray(n * size, (n + 1) * size);
    const fragment = Buffer.alloc(8);
    fragment.writeUInt8(UDP, 0);
    fragment.writeUInt16BE((n * size) | ((n + 1) * size < data.length ? 1 : 0), 2);
    fragment.writeUInt32BE(id, 4);
    const bytes = Buffer.concat([network, fragment, part]);
    bytes.writeUInt8(44, 6);
    bytes.writeUInt16BE(bytes.length - 40, 4);
    const queued = {
      queue: 50,
      id: n + 1,
      bytes,
      isCut: false,
      interfaceIndex: 2,
      stampNs: undefined,
    };
    const packet = wirePacket(queued, { arrivedNs: 0, arrivedAtNs: BigInt(n) }, () => 1500);
    if (packet === undefined) throw new Error('not a packet');
    return packet;
  });
}

/** What the receiver's kernel puts together of them: from the IP header on, without that of the fragments. */
export function reassembled(pieces: readonly WirePacket[]): Buffer {
  const [first] = pieces;
  if (first === undefined) throw new Error('no fragment');
  const data = pieces.map(({ bytes, headers: { fragment, end } }) =>
    bytes.subarray(fragment?.dataAt ?? 40, end),
  );
  const header = Buffer.from(first.bytes.subarray(0, 40));
  const whole = Buffer.concat([header, ...data]);
  whole.writeUInt8(UDP, 6);
  whole.writeUInt16BE(whole.length - 40, 4);
  return whole;
}
