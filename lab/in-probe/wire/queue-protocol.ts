/**
 * The messages of nfnetlink_queue: configuration and verdicts to the kernel, packets from it. All pure.
 *
 * Source: linux/netfilter/nfnetlink_queue.h, and net/netfilter/nfnetlink_queue.c for what each setting does. The values
 * inside attributes are big-endian.
 */
import {
  ATTRIBUTE_HEADER,
  align,
  attribute,
  eachAttribute,
  type NetlinkMessage,
  NFGEN_HEADER,
  NLM_F_ACK,
  NLM_F_REQUEST,
  NLMSG_HEADER,
  request,
} from './netlink.ts';

/** NFNL_SUBSYS_QUEUE, in the high byte of a message's type. */
const SUBSYSTEM = 3 << 8;
export const MSG_PACKET = SUBSYSTEM | 0;
const MSG_VERDICT = SUBSYSTEM | 1;
const MSG_CONFIG = SUBSYSTEM | 2;
const MSG_VERDICT_BATCH = SUBSYSTEM | 3;

const NFQA_PACKET_HDR = 1;
const NFQA_VERDICT_HDR = 2;
const NFQA_TIMESTAMP = 4;
const NFQA_IFINDEX_INDEV = 5;
const NFQA_PAYLOAD = 10;
const NFQA_CAP_LEN = 13;

const NFQA_CFG_CMD = 1;
const NFQA_CFG_PARAMS = 2;
const NFQA_CFG_QUEUE_MAXLEN = 3;
const NFQA_CFG_MASK = 4;
const NFQA_CFG_FLAGS = 5;

const COMMAND_BIND = 1;
const COMMAND_UNBIND = 2;
const COPY_PACKET = 2;
/** More than an attribute can hold: the kernel copies as much as fits, 65,531 bytes. */
const COPY_RANGE = 0xffff;

/** Packets pass unimpaired if the wire does not keep up, instead of being lost without being counted. */
const FLAG_FAIL_OPEN = 1 << 0;
/** Not set: without it, the kernel segments offloaded packets into packets as they would be on the line. */
const FLAG_GSO = 1 << 2;

/** NF_DROP and NF_ACCEPT of linux/netfilter.h. */
export const DROP = 0;
export const ACCEPT = 1;

export interface QueuedPacket {
  /** The number of the queue. */
  readonly queue: number;
  /** The kernel's number of the packet in this queue, counting up from 1: a gap is a packet that was not received. */
  readonly id: number;
  /** The IP packet, from its header on. */
  readonly bytes: Buffer;
  /** Whether this is only the beginning of the packet, as it was longer than a message can be. */
  readonly isCut: boolean;
  /** The index of the interface on which it arrived; 0 if it is unknown. */
  readonly interfaceIndex: number;
  /** When the kernel received it: nanoseconds of the real-time clock, exact to the microsecond. Missing where it did not stamp it. */
  readonly stampNs: bigint | undefined;
}

function config(queue: number, sequence: number, attributes: readonly Buffer[]): Buffer {
  const body = Buffer.concat([generic(queue), ...attributes]);
  return request({ type: MSG_CONFIG, flags: NLM_F_ACK, sequence, body });
}

/** struct nfgenmsg: AF_UNSPEC, NFNETLINK_V0, the number of the queue. */
function generic(queue: number): Buffer {
  return Buffer.from([0, 0, queue >> 8, queue & 0xff]);
}

/** Makes the socket that sends it the one that decides about `queue`. */
export function bindRequest(queue: number, sequence: number): Buffer {
  return config(queue, sequence, [attribute(NFQA_CFG_CMD, Buffer.from([COMMAND_BIND, 0, 0, 0]))]);
}

/** Releases `queue`; the kernel drops what is still in it. */
export function unbindRequest(queue: number, sequence: number): Buffer {
  return config(queue, sequence, [attribute(NFQA_CFG_CMD, Buffer.from([COMMAND_UNBIND, 0, 0, 0]))]);
}

/** Requests whole packets, a queue of at most `maxPackets`, and that packets pass when it is full. */
export function settingsRequest(queue: number, sequence: number, maxPackets: number): Buffer {
  const params = Buffer.alloc(5);
  params.writeUInt32BE(COPY_RANGE, 0);
  params.writeUInt8(COPY_PACKET, 4);
  return config(queue, sequence, [
    attribute(NFQA_CFG_PARAMS, params),
    attribute(NFQA_CFG_QUEUE_MAXLEN, number(maxPackets)),
    attribute(NFQA_CFG_MASK, number(FLAG_FAIL_OPEN | FLAG_GSO)),
    attribute(NFQA_CFG_FLAGS, number(FLAG_FAIL_OPEN)),
  ]);
}

/** Sets how many packets a queue takes; those that find it full pass. With 0 it takes none, and all pass at once. */
export function lengthRequest(queue: number, sequence: number, maxPackets: number): Buffer {
  return config(queue, sequence, [attribute(NFQA_CFG_QUEUE_MAXLEN, number(maxPackets))]);
}

/** Accepts all packets in a queue up to the one with the number `id`, including those that are not read yet. */
export function acceptAllRequest(queue: number, sequence: number, id: number): Buffer {
  const verdict = Buffer.concat([number(ACCEPT), number(id >>> 0)]);
  const body = Buffer.concat([generic(queue), attribute(NFQA_VERDICT_HDR, verdict)]);
  return request({ type: MSG_VERDICT_BATCH, flags: 0, sequence, body });
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export interface Verdict {
  readonly queue: number;
  readonly id: number;
  readonly verdict: typeof DROP | typeof ACCEPT;
  /** The bytes that replace the packet, from the IP header on. */
  readonly bytes?: Buffer;
}

const VERDICT_LENGTH = NLMSG_HEADER + NFGEN_HEADER + ATTRIBUTE_HEADER + 8;
/** The largest packet that a verdict can carry (an attribute's length has 16 bits). */
export const MAX_CHANGED = 0xffff - ATTRIBUTE_HEADER;

/** How many bytes {@link writeVerdict} will write. */
export function verdictLength({ bytes }: Verdict): number {
  return VERDICT_LENGTH + (bytes === undefined ? 0 : align(ATTRIBUTE_HEADER + bytes.length));
}

/**
 * Writes a verdict into `target` at `at`: one write to the kernel has several verdicts. Without an acknowledgement, as it is no
 * error if the packet no longer exists because its queue was flushed.
 *
 * @returns the offset of the next verdict
 */
export function writeVerdict(target: Buffer, at: number, verdict: Verdict): number {
  const end = at + verdictLength(verdict);
  target.writeUInt32LE(end - at, at);
  target.writeUInt16LE(MSG_VERDICT, at + 4);
  target.writeUInt16LE(NLM_F_REQUEST, at + 6);
  target.writeUInt32LE(0, at + 8);
  target.writeUInt32LE(0, at + 12);
  target.writeUInt16LE(0, at + 16);
  target.writeUInt16BE(verdict.queue, at + 18);
  target.writeUInt16LE(ATTRIBUTE_HEADER + 8, at + 20);
  target.writeUInt16LE(NFQA_VERDICT_HDR, at + 22);
  target.writeUInt32BE(verdict.verdict, at + 24);
  target.writeUInt32BE(verdict.id, at + 28);
  if (verdict.bytes !== undefined) {
    const payload = at + VERDICT_LENGTH;
    target.fill(0, payload, end);
    target.writeUInt16LE(ATTRIBUTE_HEADER + verdict.bytes.length, payload);
    target.writeUInt16LE(NFQA_PAYLOAD, payload + 2);
    target.set(verdict.bytes, payload + ATTRIBUTE_HEADER);
  }
  return end;
}

/** The packet in a message; undefined for any other message, or a malformed one. Its bytes are not copied. */
export function queuedPacket({ type, body }: NetlinkMessage): QueuedPacket | undefined {
  if (type !== MSG_PACKET || body.length < NFGEN_HEADER) return undefined;
  let id: number | undefined;
  let bytes: Buffer | undefined;
  let isCut = false;
  let interfaceIndex = 0;
  let stampNs: bigint | undefined;
  eachAttribute(body.subarray(NFGEN_HEADER), (kind, value) => {
    if (kind === NFQA_PACKET_HDR && value.length >= 4) id = value.readUInt32BE(0);
    else if (kind === NFQA_PAYLOAD) bytes = value;
    else if (kind === NFQA_CAP_LEN) isCut = true;
    else if (kind === NFQA_TIMESTAMP && value.length >= 16) stampNs = stampOf(value);
    else if (kind === NFQA_IFINDEX_INDEV && value.length >= 4)
      interfaceIndex = value.readUInt32BE(0);
  });
  if (id === undefined) return undefined;
  // The resource id of struct nfgenmsg.
  return {
    queue: body.readUInt16BE(2),
    id,
    bytes: bytes ?? Buffer.alloc(0),
    isCut,
    interfaceIndex,
    stampNs,
  };
}

/** struct nfqnl_msg_packet_timestamp: seconds and microseconds, 64 bits each. */
function stampOf(value: Buffer): bigint {
  return value.readBigUInt64BE(0) * 1_000_000_000n + value.readBigUInt64BE(8) * 1000n;
}
