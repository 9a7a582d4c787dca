/**
 * Settings of a service: read from the environment, validated at start, printed by `--help`.
 *
 *     environment ──▶ readSettings(specs) ──▶ typed settings
 *                          └── SettingsError: one line for each bad setting
 */
import { isIP } from 'node:net';

/** One setting: its default, what it is for, and in words what it may be. */
export interface Setting<T> extends Meaning<T> {
  readonly allowed: string;
  /** The value that the text stands for; undefined when it is not allowed. */
  parse(text: string): T | undefined;
}

interface Meaning<T> {
  readonly default: T;
  readonly desc: string;
}

/** Settings by the name of their environment variable. */
export type Specs = Record<string, Setting<unknown>>;

/** What a service gets to see: the parsed value of each setting. */
export type Settings<S extends Specs> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never;
};

/** At least one setting is not what it may be. Each line of the message names one of them. */
export class SettingsError extends Error {
  readonly code = 'BAD_SETTINGS';
  override readonly name = 'SettingsError';
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber({
  min,
  max,
  ...meaning
}: Meaning<number> & { min: number; max: number }): Setting<number> {
  return {
    ...meaning,
    allowed: `a whole number from ${min} to ${max}`,
    parse: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined;
    },
  };
}

/** The default port of every role: a dynamic one (RFC 6335, section 6). */
export const DEFAULT_PORT = 50_000;

/** A port that a socket can be bound or connected to: 0 stands for "any" and is left out. */
export function port(meaning: Meaning<number>): Setting<number> {
  return wholeNumber({ min: 1, max: 65_535, ...meaning });
}

/** An IP address, or a name that this host's resolver can look up. */
export function hostname(meaning: Meaning<string>): Setting<string> {
  const name = /^[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?\.?$/i;
  return {
    ...meaning,
    allowed: 'an IP address or a host name',
    parse: (text) => (isIP(text) !== 0 || name.test(text) ? text : undefined),
  };
}

/** Text whose UTF-8 bytes fit into `maxBytes`. */
export function text({
  maxBytes,
  ...meaning
}: Meaning<string> & { maxBytes: number }): Setting<string> {
  return {
    ...meaning,
    allowed: `text of at most ${maxBytes} bytes in UTF-8`,
    parse: (text) => (Buffer.byteLength(text) <= maxBytes ? text : undefined),
  };
}

/** One of a few words. */
export function choice<const T extends string>(
  words: readonly T[],
  meaning: Meaning<NoInfer<T>>,
): Setting<T> {
  return {
    ...meaning,
    allowed: words.join(', ').replace(/, ([^,]*)$/, ' or $1'),
    parse: (text) => words.find((word) => word === text),
  };
}

/**
 * Reads and validates settings.
 *
 * @throws {SettingsError} naming every bad setting, what is allowed and what was found.
 */
export function readSettings<S extends Specs>(
  specs: S,
  environment: Record<string, string | undefined>,
): Settings<S> {
  const bad: string[] = [];
  const values = Object.entries(specs).map(([name, setting]) => {
    const found = environment[name];
    const value = found === undefined ? setting.default : setting.parse(found);
    if (value === undefined)
      bad.push(`${name} must be ${setting.allowed}, but is ${quoted(found)}`);
    return [name, value];
  });
  if (bad.length > 0) throw new SettingsError(bad.join('\n'));
  return Object.fromEntries(values) as Settings<S>;
}

/** The table that `--help` prints: a few lines a setting, so that it fits a terminal of 80 columns. */
export function settingsTable(specs: Specs): string {
  const width = Math.max(...Object.keys(specs).map((name) => name.length));
  const rows = Object.entries(specs).flatMap(([name, { desc, allowed, default: value }]) => {
    const defaults = `default: ${value}`;
    const fits = width + allowed.length + defaults.length <= 74;
    const range = fits ? [`${allowed}; ${defaults}`] : [allowed, defaults];
    return [[name, desc], ...range.map((line) => ['', line])];
  });
  return rows.map(([name = '', words]) => `  ${name.padEnd(width)}  ${words}`).join('\n');
}

function quoted(text = ''): string {
  return text === '' ? 'empty' : JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
