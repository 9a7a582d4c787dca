/** One line of a hex dump. */
export interface HexRow {
  /** Of its first byte, in hexadecimal. */
  readonly offset: string;
  readonly header: string;
  /** What the last header carries: the application's bytes. */
  readonly payload: string;
  /** Printable ASCII; a dot for every other byte. */
  readonly headerText: string;
  readonly payloadText: string;
}

const BYTES_A_ROW = 16;

/** The bytes of a packet, which are in base64, in rows of 16; split where the payload begins. */
export function hexRows(base64: string, payloadOffset: number, bytesARow = BYTES_A_ROW): HexRow[] {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const rows: HexRow[] = [];
  for (let offset = 0; offset < bytes.length; offset += bytesARow) {
    const row = bytes.subarray(offset, offset + bytesARow);
    const split = Math.min(Math.max(payloadOffset - offset, 0), row.length);
    const [header, payload] = [row.subarray(0, split), row.subarray(split)];
    rows.push({
      offset: offset.toString(16).padStart(4, '0'),
      header: hex(header),
      payload: hex(payload),
      headerText: ascii(header),
      payloadText: ascii(payload),
    });
  }
  return rows;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `${byte.toString(16).padStart(2, '0')} `).join('');
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
  ).join('');
}
