/** What a diagram is drawn with, where the locale is UTF-8 and where it is not. */
export interface Symbols {
  /** The line below a host's name. */
  readonly lifeline: string;
  /** The same while nothing happens for a while. */
  readonly quietLifeline: string;
  readonly quiet: string;
  readonly shaft: string;
  /** Of a packet of which one end was not seen. */
  readonly unseenShaft: string;
  /** An arrow that passes a host which it is not for. */
  readonly crossing: string;
  readonly fromLeft: string;
  readonly fromRight: string;
  readonly toLeft: string;
  readonly toRight: string;
  readonly lost: string;
  readonly again: string;
  readonly call: string;
  readonly waiting: string;
  readonly failed: string;
  readonly log: string;
  readonly host: string;
  /** Before what a fault is. */
  readonly fault: string;
  /** Ends what is cut. */
  readonly more: string;
  readonly times: string;
  /** Between who sends and who gets it, in a list. */
  readonly arrow: string;
  /** Before a time that is earlier than the one above it; takes one column. */
  readonly past: string;
  /** Before which hosts have columns now. */
  readonly change: string;
}

export const UNICODE: Symbols = {
  lifeline: '│',
  quietLifeline: '┊',
  quiet: '⋮',
  crossing: '┼',
  shaft: '─',
  unseenShaft: '╌',
  fromLeft: '├',
  fromRight: '┤',
  toLeft: '◀',
  toRight: '▶',
  lost: '✕',
  again: '↻ ',
  call: '●',
  waiting: '○',
  failed: '●',
  log: '▪',
  host: '◆',
  fault: '━━',
  more: '…',
  times: '×',
  arrow: '→',
  past: '↺',
  change: '⇄',
};

export const ASCII: Symbols = {
  lifeline: '|',
  quietLifeline: ':',
  quiet: ':',
  crossing: '+',
  shaft: '-',
  unseenShaft: '.',
  fromLeft: '|',
  fromRight: '|',
  toLeft: '<',
  toRight: '>',
  lost: 'x',
  again: 'again ',
  call: '*',
  waiting: 'o',
  failed: '*',
  log: '=',
  host: '#',
  fault: '==',
  more: '...',
  times: 'x',
  arrow: '->',
  past: '^',
  change: '<>',
};

/** What a terminal can show, by its locale (POSIX.1-2024, section 8.2: the first that is set and not empty holds). */
export function symbolsFor(environment: Readonly<Record<string, string | undefined>>): Symbols {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? UNICODE : ASCII;
}

/** What our own words have that is not ASCII. */
const spelled: Readonly<Record<string, string>> = { '…': ASCII.more, '×': ASCII.times, µ: 'u' };

/** What can be shown of a text with these symbols: with ASCII ones, a question mark for each character of a peer's. */
export function asShown(text: string, symbols: Symbols): string {
  if (symbols !== ASCII) return text;
  return text.replace(/[^\x20-\x7e]/gu, (character) => spelled[character] ?? '?');
}
