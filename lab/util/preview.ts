/** How much of the data is shown, and requested from strace. */
export const PREVIEW_BYTES_MAX = 128;

/** C0, DEL, C1, and bidirectional controls: unescaped, they would control the reader's terminal (CWE-150). */
const HARMFUL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\\]/gu;
/** Most of what programs send: nothing in it needs to be decoded or escaped. */
const PLAIN = /^[ -[\]-~]*$/;
const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
]);

/** Bytes as UTF-8 on one line. A character that is cut at the end is left out; invalid UTF-8 is shown as U+FFFD. */
export function previewOf(bytes: Buffer): string {
  const shown = bytes.subarray(0, PREVIEW_BYTES_MAX);
  const plain = shown.toString('latin1');
  if (PLAIN.test(plain)) return plain;
  const isCut = shown.length === PREVIEW_BYTES_MAX;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(shown, { stream: isCut });
  return text.replace(HARMFUL, (character) => NAMED.get(character) ?? escaped(character));
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
}
