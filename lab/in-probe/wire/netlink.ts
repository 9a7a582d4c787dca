/**
 * Encodes and decodes netlink messages: a header, then what the family defines, then attributes. All pure.
 *
 * Sources: netlink(7); RFC 3549, section 2; linux/netlink.h, linux/netfilter/nfnetlink.h. Headers are in the byte order of
 * the machine, which is little-endian on every machine that Node 26 runs on under Linux except s390x, which has no FFI.
 */

/** struct nlmsghdr: length, type, flags, sequence, port. */
export const NLMSG_HEADER = 16;
/** struct nfgenmsg: family, version, resource id (big-endian). */
export const NFGEN_HEADER = 4;
/** struct nlattr: length, type. */
export const ATTRIBUTE_HEADER = 4;

export const NLM_F_REQUEST = 0x01;
export const NLM_F_ACK = 0x04;
/** An acknowledgement (errno 0) or an error (a negative errno). */
const NLMSG_ERROR = 2;
const NLA_TYPE_MASK = 0x3fff;

export interface NetlinkMessage {
  readonly type: number;
  readonly sequence: number;
  /** Everything after the header. */
  readonly body: Buffer;
}

/** Messages and attributes begin at multiples of 4 (NLMSG_ALIGN, NLA_ALIGN). */
export function align(length: number): number {
  return (length + 3) & ~3;
}

/** One attribute: header, value, padding. */
export function attribute(type: number, value: Uint8Array): Buffer {
  const bytes = Buffer.alloc(align(ATTRIBUTE_HEADER + value.length));
  bytes.writeUInt16LE(ATTRIBUTE_HEADER + value.length, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.set(value, ATTRIBUTE_HEADER);
  return bytes;
}

interface Request {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly body: Buffer;
}

/** A message from user space to the kernel. */
export function request({ type, flags, sequence, body }: Request): Buffer {
  const bytes = Buffer.alloc(NLMSG_HEADER + body.length);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt16LE(type, 4);
  bytes.writeUInt16LE(NLM_F_REQUEST | flags, 6);
  bytes.writeUInt32LE(sequence, 8);
  bytes.set(body, NLMSG_HEADER);
  return bytes;
}

/** The messages in the result of one read, without one that is cut short. */
export function messages(bytes: Buffer): NetlinkMessage[] {
  const found: NetlinkMessage[] = [];
  let at = 0;
  while (at + NLMSG_HEADER <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    if (length < NLMSG_HEADER || at + length > bytes.length) break;
    found.push({
      type: bytes.readUInt16LE(at + 4),
      sequence: bytes.readUInt32LE(at + 8),
      body: bytes.subarray(at + NLMSG_HEADER, at + length),
    });
    at += align(length);
  }
  return found;
}

/** Calls `visit` with the type and value of each attribute, up to the first that is cut short. */
export function eachAttribute(bytes: Buffer, visit: (type: number, value: Buffer) => void): void {
  let at = 0;
  while (at + ATTRIBUTE_HEADER <= bytes.length) {
    const length = bytes.readUInt16LE(at);
    if (length < ATTRIBUTE_HEADER || at + length > bytes.length) return;
    const type = bytes.readUInt16LE(at + 2) & NLA_TYPE_MASK;
    visit(type, bytes.subarray(at + ATTRIBUTE_HEADER, at + length));
    at += align(length);
  }
}

/** The errno of an NLMSG_ERROR, as a positive number; 0 means success. */
export function errnoOf({ type, body }: NetlinkMessage): number | undefined {
  if (type !== NLMSG_ERROR || body.length < 4) return undefined;
  return Math.abs(body.readInt32LE(0));
}
