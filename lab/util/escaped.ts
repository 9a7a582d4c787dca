/** Everything else is printable, and so is most text. */
const PLAIN = /^[\n\x20-\x7e]*$/;
/** The colours of our own (ECMA-48, section 8.3.117): of what a host may send by itself, these are harmless. */
const COLOUR = String.raw`\u001b\[(?:[12]|22|3[1-69]|9[1-6])m`;
const UNPRINTABLE = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]`;
const PARTS = new RegExp(`${COLOUR}|[\\n\\t]|${UNPRINTABLE}`, 'gu');

/**
 * Text that a terminal can be given, whoever has named what is in it (CWE-150): control characters are escaped as in JSON, so that
 * JSON stays the same JSON. Lines, tabs and colours stay.
 *
 * @example
 * escaped('host \u009b2J'); // 'host \\u009b2J'
 */
export function escaped(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(PARTS, (part) => (isKept(part) ? part : escapeOf(part)));
}

const isKept = (part: string) => part.length > 1 || part === '\n' || part === '\t';

const escapeOf = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
