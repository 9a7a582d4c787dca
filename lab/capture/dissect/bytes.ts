/** Big-endian fields ("network byte order", RFC 1700). A byte beyond the end reads as 0: no offset makes them throw. */

export function uint8(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}

export function uint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

export function uint32(bytes: Uint8Array, offset: number): number {
  return ((uint16(bytes, offset) << 16) | uint16(bytes, offset + 2)) >>> 0;
}

/** Lower-case hexadecimal of the bytes that are there, two digits each. */
export function hex(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let offset = start; offset < Math.min(end, bytes.length); offset += 1) {
    text += uint8(bytes, offset).toString(16).padStart(2, '0');
  }
  return text;
}
