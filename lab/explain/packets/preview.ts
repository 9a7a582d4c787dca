import type { Packet } from '../../model/packet.ts';

/** Bytes that are looked at: 4 are the longest character in UTF-8. */
const BYTES_PER_CHARACTER = 4;
/** All that could drive a terminal or reorder a line (CWE-150). */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/gu;
const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The beginning of what a packet carries, safe to show; at most `length` characters, `…` included. */
export function payloadPreview(
  { bytes, payloadOffset, payloadLength }: Packet,
  length: number,
): string {
  const last = payloadOffset + Math.min(payloadLength, length * BYTES_PER_CHARACTER);
  const from = Math.floor(payloadOffset / 3);
  const decoded = atob(bytes.slice(from * 4, Math.ceil(last / 3) * 4));
  const payload = decoded.slice(payloadOffset - from * 3, last - from * 3);
  const text = new TextDecoder().decode(Uint8Array.from(payload, (byte) => byte.charCodeAt(0)));
  return shorten(escaped(text), length);
}

export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

function escaped(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return named[character] ?? (code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`);
  });
}
