/** Characters of a peer's text that a log line shows at most. */
const PREVIEW_LENGTH = 1024;

/**
 * What a peer sent, made safe to show: decoded as UTF-8, capped, and with every character escaped that could drive a
 * terminal or reorder a line (CWE-150): C0, DEL, C1, line separators and bidirectional controls.
 */
export function preview(bytes: Uint8Array): string {
  // Four bytes are the longest character in UTF-8, so what is cut away here is never shown.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    bytes.subarray(0, 4 * PREVIEW_LENGTH + 4),
  );
  if (text.length <= PREVIEW_LENGTH) return escaped(text);
  const characters = [...text];
  const shown = escaped(characters.slice(0, PREVIEW_LENGTH).join(''));
  return characters.length > PREVIEW_LENGTH ? `${shown}…` : shown;
}

/** A preview for a log that sums most events up: it is made only when a line is really written. */
export class LazyPreview {
  readonly #bytes: Uint8Array;
  #text: string | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  toString(): string {
    this.#text ??= preview(this.#bytes);
    return this.#text;
  }

  toJSON(): string {
    return this.toString();
  }
}

function escaped(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/gu;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  switch (character) {
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return code <= 0xff
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u{${code.toString(16)}}`;
  }
}
