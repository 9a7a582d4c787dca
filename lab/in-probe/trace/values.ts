/** Values within a line of strace: its strings are in hexadecimal, as `"\x48\x65"`. */
import type { Endpoint } from '../../model/event.ts';

const IPV4 = /sin_port=htons\(([0-9]{1,5})\), sin_addr=inet_addr\("([\\x0-9a-f]*)"/;
const IPV6 = /sin6_port=htons\(([0-9]{1,5})\),.{0,80}?inet_pton\(AF_INET6, "([\\x0-9a-f]*)"/;
const DESCRIPTOR = /^([0-9]{1,9})(?:<([\\x0-9a-f]*)>)?/;
const DIGITS = /^[0-9]{1,20}$/;
const SOCKET = /^socket:\[([0-9]{1,20})\]$/;
/** `socket:[`, in hexadecimal. Most descriptors refer to something else, which must be cheap to see. */
const SOCKET_BEGINS = '\\x73\\x6f\\x63\\x6b\\x65\\x74\\x3a\\x5b';
/** An IPv4 peer of an IPv6 socket (RFC 4291, section 2.5.5.2). */
const MAPPED = /^::ffff:([0-9.]+)$/;

/** The bytes of a string. */
export function bytesOf(hexadecimal: string): Buffer {
  return Buffer.from(hexadecimal.replaceAll('\\x', ''), 'hex');
}

/** The first IPv4 or IPv6 address in a text. An IPv4-mapped one is returned as the IPv4 address that it stands for. */
export function endpointIn(text: string): Endpoint | undefined {
  const found = IPV4.exec(text) ?? IPV6.exec(text);
  if (found === null) return undefined;
  return endpoint(bytesOf(found[2] ?? '').toString('latin1'), Number(found[1]));
}

export function endpoint(address: string, port: number): Endpoint | undefined {
  const plain = MAPPED.exec(address)?.[1] ?? address;
  return /^[0-9a-f.:]+$/.test(plain) && port <= 65_535 ? { address: plain, port } : undefined;
}

/** Whether a socket with this address receives on any address of its host. */
export function isWildcard({ address }: Endpoint): boolean {
  return address === '0.0.0.0' || address === '::';
}

export interface Descriptor {
  readonly fd: number;
  /** The inode of the socket that it refers to: the same in every process that has it open, and never reused. */
  readonly inode?: string;
}

/** The descriptor at the beginning of a text. */
function descriptorIn(text: string): Descriptor | undefined {
  const found = DESCRIPTOR.exec(text);
  if (found === null) return undefined;
  const inode = inodeOf(found[2] ?? '');
  return { fd: Number(found[1]), ...(inode && { inode }) };
}

/** Whether a text begins with the descriptor of a socket. */
function isSocketFirst(text: string): boolean {
  const at = text.indexOf('<');
  return at > 0 && at < 10 && text.startsWith(SOCKET_BEGINS, at + 1);
}

/** The socket in a descriptor's annotation, which is in hexadecimal. */
export function inodeOf(annotation: string): string | undefined {
  if (!annotation.startsWith(SOCKET_BEGINS)) return undefined;
  // Its digits are 30 to 39, and then comes the bracket.
  const digits = annotation.slice(SOCKET_BEGINS.length, -4).replaceAll('\\x3', '');
  return DIGITS.test(digits) ? digits : undefined;
}

/** The socket that a link in `/proc/PID/fd` leads to: `socket:[3158324]`. */
export function inodeIn(link: string): string | undefined {
  return SOCKET.exec(link)?.[1];
}

/** Splits a list at its commas, but not within brackets. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfString(text, at);
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (character === ',' && depth <= 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

/** The offset of the end of a string; the end of the text if it is not terminated. */
function endOfString(text: string, at: number): number {
  const end = text.indexOf('"', at + 1);
  return end < 0 ? text.length : end;
}

/** The descriptor of a call: its first argument, or for `splice` the one of the two that is a socket (splice(2)). */
export function descriptorOf(call: string, text: string): Descriptor | undefined {
  const first = descriptorIn(text);
  if (call !== 'splice' || first?.inode !== undefined) return first;
  return descriptorIn(splitArguments(text)[2] ?? '');
}

/** Whether a call may be on a socket, as far as that is cheap to see. */
export function isOnSocket(call: string, text: string): boolean {
  return isSocketFirst(text) || (call === 'splice' && text.includes(SOCKET_BEGINS));
}

/** Out of the socket or into it: the descriptor that bytes come from is the first one. */
export function spliceDirection(text: string): 'in' | 'out' {
  return isSocketFirst(text) ? 'in' : 'out';
}
