const PREFIX = Buffer.from('Echo: ');
/** A datagram that has been echoed this often already is circulating between echo servers. */
const NESTED_MAX = 3;
const LOOP = Buffer.concat(Array.from({ length: NESTED_MAX }, () => PREFIX));
/** Payload of the largest UDP datagram over IPv4: 65,535 bytes less the IP (20) and UDP (8) headers (RFC 768, RFC 791). */
const DATAGRAM_BYTES_MAX = 65_507;

/** The largest `BUFFER_SIZE` whose echo still fits into a datagram. */
export const BUFFER_SIZE_MAX = DATAGRAM_BYTES_MAX - PREFIX.length;

/**
 * The reply to a datagram: `Echo: ` and its first `bufferSize` bytes, as `recvfrom(bufferSize)` would have received them.
 * Undefined for a datagram that must not be answered, because echo servers would answer each other for ever.
 */
export function echoOf(datagram: Buffer, bufferSize: number): Buffer | undefined {
  if (isLooping(datagram, bufferSize)) return undefined;
  return Buffer.concat([PREFIX, datagram.subarray(0, bufferSize)]);
}

/**
 * Whether the datagram is an echo of an echo of an echo (CVE-2024-2169). Where the buffer is too small to keep three
 * prefixes, cutting would hide the loop: then an echo that is nothing but prefixes, and is to be cut again, is one too.
 * Any other server is caught as well, unless it cuts datagrams to fewer than 12 bytes and answers everything.
 */
function isLooping(datagram: Buffer, bufferSize: number): boolean {
  if (datagram.subarray(0, LOOP.length).equals(LOOP)) return true;
  const isAllPrefixes =
    datagram.length > PREFIX.length && LOOP.subarray(0, datagram.length).equals(datagram);
  return isAllPrefixes && datagram.length > bufferSize;
}
