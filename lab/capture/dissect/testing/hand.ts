/** Packets by hand: hexadecimal with spaces, as a book shows them. */
export function bytesOf(...hex: readonly string[]): Uint8Array {
  return Buffer.from(hex.join('').replace(/\s/g, ''), 'hex');
}
