import { SocketAddress } from 'node:net';
import type { Endpoint } from '../../model/event.ts';

/** `struct address` of `record.h`: family and port, of two bytes each, and the address. */
export const ADDRESS_BYTES = 20;
const AF_INET = 2;
const AF_INET6 = 10;
/** An IPv4 address in an IPv6 one (RFC 4291, section 2.5.5.2): its first twelve bytes. */
const MAPPED = Buffer.from('00000000000000000000ffff', 'hex');

/** The address there; undefined if it is of another family, or none. An IPv4-mapped one is the IPv4 address that it stands for. */
export function addressAt(record: Buffer, at: number): Endpoint | undefined {
  const family = record.readUInt16LE(at);
  if (family !== AF_INET && family !== AF_INET6) return undefined;
  const port = record.readUInt16LE(at + 2);
  const bytes = at + 4;
  if (family === AF_INET) return { address: ipv4At(record, bytes), port };
  if (MAPPED.compare(record, bytes, bytes + 12) === 0)
    return { address: ipv4At(record, bytes + 12), port };
  return { address: ipv6At(record, bytes), port };
}

/** As `addressAt`; undefined for port 0, which a socket has before it has an address. */
export function endAt(record: Buffer, at: number): Endpoint | undefined {
  const end = addressAt(record, at);
  return end?.port === 0 ? undefined : end;
}

function ipv4At(record: Buffer, at: number): string {
  return `${record[at]}.${record[at + 1]}.${record[at + 2]}.${record[at + 3]}`;
}

function ipv6At(record: Buffer, at: number): string {
  const groups = record.toString('hex', at, at + 16).match(/.{4}/g) ?? [];
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
