/** How many bytes count: most protocols number their messages near the beginning. */
export const DIGEST_BYTES = 64;
/** FNV-1a of 32 bits (RFC 9923). */
const [OFFSET_BASIS, PRIME] = [0x811c9dc5, 0x01000193];

/** A number that distinguishes datagrams by their first bytes. */
export function digestOf(bytes: Uint8Array): number {
  let digest = OFFSET_BASIS;
  for (const byte of bytes.subarray(0, DIGEST_BYTES)) digest = Math.imul(digest ^ byte, PRIME);
  return digest >>> 0;
}
