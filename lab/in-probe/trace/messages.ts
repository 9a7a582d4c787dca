/** The details of each message of `sendmsg`, `recvmsg`, `sendmmsg` and `recvmmsg` (sendmmsg(2), udp(7)). */
import type { Message } from '../../model/event.ts';
import { bytesOf, endpointIn, splitArguments } from './values.ts';

const LENGTH = /msg_len=([0-9]{1,9})\}?$/;
/** By their numbers in `linux/udp.h`, which strace does not name there: UDP_SEGMENT is 103, UDP_GRO 104. */
const SEGMENT =
  /cmsg_level=SOL_UDP, cmsg_type=(?:0x6[78]|UDP_SEGMENT|UDP_GRO), cmsg_data=(?:"([\\x0-9a-f]*)"|\[?([0-9]{1,5})\]?)/;

/** From its control message: the length in bytes of the datagrams into which a message is split, or from which it was merged. */
export function segmentBytesIn(text: string): number | undefined {
  const [, hexadecimal, decimal] = SEGMENT.exec(text) ?? [];
  if (decimal !== undefined) return Number(decimal);
  const bytes = bytesOf(hexadecimal ?? '');
  // 16 bits for sending and 32 for receiving, of a number that fits into 16; little-endian on every supported processor.
  return bytes.length < 2 ? undefined : bytes.readUInt16LE(0);
}

/** @param count how many were sent or received: the others are left out */
export function readMessages(text: string, count: number): Message[] {
  const list = splitArguments(text)[1] ?? '';
  return splitArguments(list.slice(1, -1)).slice(0, count).flatMap(readMessage);
}

function readMessage(text: string): Message[] {
  const [, length] = LENGTH.exec(text) ?? [];
  if (length === undefined) return [];
  const [peer, segmentBytes] = [endpointIn(text), segmentBytesIn(text)];
  return [
    {
      bytes: Number(length),
      ...(peer && { peer }),
      ...(segmentBytes !== undefined && { segmentBytes }),
    },
  ];
}
