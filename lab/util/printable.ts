import { stripVTControlCharacters } from 'node:util';

/** ASCII, which is printable, and so is most text. */
const PLAIN = /^[\x20-\x7e]*$/;
/** What a terminal obeys instead of showing it, or what turns the direction of the text around it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Makes text from a peer harmless: escape sequences are taken out, control characters are shown as escapes.
 *
 * @example
 * printable('a\u0007b\u001b[31mc'); // a\u{7}bc
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return stripVTControlCharacters(text).replace(
    UNPRINTABLE,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
