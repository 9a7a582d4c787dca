import { addressBytes } from '../../../model/address.ts';
import { fixChecksum } from '../checksum.ts';
import { headersOf, TCP, UDP } from '../headers.ts';
import { type WirePacket, wirePacket } from '../packet.ts';

export interface MadeOf {
  readonly id?: number;
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: number;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly payload?: string;
  /** The lengths of its fragments. Default: it has none. */
  readonly onLine?: readonly number[];
}

/** The bytes of a UDP datagram or a TCP segment (anything else has no ports), with the right checksum. */
export function packetBytes(made: MadeOf = {}): Buffer {
  const { from = '192.0.2.1', to = '192.0.2.2', protocol = UDP, payload = 'hello' } = made;
  const transport = Buffer.alloc(protocol === TCP ? 20 : 8);
  transport.writeUInt16BE(made.fromPort ?? 40_000, 0);
  transport.writeUInt16BE(made.toPort ?? 50_000, 2);
  if (protocol === TCP) transport.writeUInt8(5 << 4, 12);
  else transport.writeUInt16BE(8 + Buffer.byteLength(payload), 4);
  if (protocol === UDP) transport.writeUInt16BE(1, 6);
  const body = Buffer.concat([transport, Buffer.from(payload)]);
  const ends = [from, to].map((text) => addressBytes(text) ?? Buffer.alloc(4));
  const network = from.includes(':')
    ? header6(protocol, body.length)
    : header4(protocol, body.length);
  const bytes = Buffer.concat([network, ...ends, body]);
  const headers = headersOf(bytes);
  if (headers?.payloadAt !== undefined) fixChecksum(bytes, headers);
  return bytes;
}

function header4(protocol: number, length: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(0x1234, 4);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  return header;
}

function header6(protocol: number, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(0x600a_bcde, 0);
  header.writeUInt16BE(length, 4);
  header.writeUInt8(protocol, 6);
  header.writeUInt8(64, 7);
  return header;
}

export function packet(made: MadeOf = {}, arrivedNs = 0): WirePacket {
  const id = made.id ?? 1;
  const queued = {
    queue: 50,
    id,
    bytes: packetBytes(made),
    isCut: false,
    interfaceIndex: 2,
    stampNs: undefined,
  };
  const found = wirePacket(
    queued,
    { arrivedNs, arrivedAtNs: BigInt(Math.round(arrivedNs)) },
    () => undefined,
  );
  if (found === undefined) throw new Error('not a packet');
  return made.onLine === undefined ? found : { ...found, onLine: made.onLine };
}
