import { addressText } from '../../model/address.ts';
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
  const address = record.subarray(at + 4, at + ADDRESS_BYTES);
  return { address: addressText(shortest(address, family)), port: record.readUInt16LE(at + 2) };
}

/** As `addressAt`; undefined for port 0, which a socket has before it has an address. */
export function endAt(record: Buffer, at: number): Endpoint | undefined {
  const end = addressAt(record, at);
  return end?.port === 0 ? undefined : end;
}

function shortest(address: Buffer, family: number): Buffer {
  if (family === AF_INET) return address.subarray(0, 4);
  return address.indexOf(MAPPED) === 0 ? address.subarray(MAPPED.length) : address;
}
