import { decodePacket } from '../../lab/capture/dissect/decode.ts';
import type { Packet } from '../../lab/index.ts';

export interface Segment {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly ipId: number;
  readonly data?: string;
  /** TCP; a datagram without. */
  readonly tcp?: {
    readonly flags: number;
    readonly sequence: number;
    readonly acknowledgment: number;
  };
}

export const FIN = 0x01;
export const SYN = 0x02;
export const PSH = 0x08;
export const ACK = 0x10;

const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;

/** A packet as it would have been captured, without its checksums. */
export function frame(segment: Segment): Packet {
  const data = Buffer.from(segment.data ?? '');
  const transport = segment.tcp ? tcpHeader(segment) : udpHeader(segment, data.length);
  return decodePacket(
    Buffer.concat([
      ethernet(),
      ipv4Header(segment, transport.length + data.length),
      transport,
      data,
    ]),
    'ethernet',
  );
}

function ethernet(): Buffer {
  return Buffer.from('0242ac1200020242ac1200030800', 'hex');
}

function ipv4Header({ from, to, ipId, tcp }: Segment, payloadBytes: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payloadBytes, 2);
  header.writeUInt16BE(ipId, 4);
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(64, 8);
  header.writeUInt8(tcp ? PROTOCOL_TCP : PROTOCOL_UDP, 9);
  header.set(from.split('.').map(Number), 12);
  header.set(to.split('.').map(Number), 16);
  return header;
}

function tcpHeader({ fromPort, toPort, tcp }: Segment): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(fromPort, 0);
  header.writeUInt16BE(toPort, 2);
  header.writeUInt32BE(tcp?.sequence ?? 0, 4);
  header.writeUInt32BE(tcp?.acknowledgment ?? 0, 8);
  header.writeUInt8(0x50, 12);
  header.writeUInt8(tcp?.flags ?? 0, 13);
  header.writeUInt16BE(64_240, 14);
  return header;
}

function udpHeader({ fromPort, toPort }: Segment, dataBytes: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(fromPort, 0);
  header.writeUInt16BE(toPort, 2);
  header.writeUInt16BE(8 + dataBytes, 4);
  return header;
}
