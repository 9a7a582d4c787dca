/** Validates settings from outside; see faults.ts for their meaning. */

import { addressBytes } from './address.ts';
import {
  BITS,
  COPIES,
  COUNT,
  DELAY_MS,
  FOR_MS,
  PERCENT,
  PORT,
  RATE_KBIT,
  type Range,
} from './fault-ranges.ts';
import type { FaultKind, FaultSettings } from './faults.ts';

/** The error of a value, to follow the name of its setting; undefined if it is valid. */
type Rule = (value: unknown) => TypeError | RangeError | undefined;

interface Kind {
  /** What the fault does, before the host's name. */
  readonly verb: string;
  readonly required: readonly string[];
  readonly rules: Readonly<Record<string, Rule>>;
}

const percent = number(PERCENT);
const milliseconds = number(DELAY_MS);
const count = number(COUNT);

const common: Readonly<Record<string, Rule>> = {
  kind: () => undefined,
  id: matching(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, ".", "-" or "_"'),
  seed: matching(/^.{1,128}$/u, 'a string of 1 to 128 characters'),
  sender: matching(/^.{1,255}$/u, 'a name of 1 to 255 characters'),
  network: matching(/^.{1,255}$/u, 'a name of 1 to 255 characters'),
  forMs: number(FOR_MS),
  from: addresses,
  protocol: matching(/^(tcp|udp|icmp)$/, '"tcp", "udp" or "icmp"'),
  port: number(PORT),
  first: count,
  every: count,
};

const kinds: Readonly<Record<FaultKind, Kind>> = {
  loss: { verb: 'lose packets of', required: ['percent'], rules: { percent } },
  delay: {
    verb: 'delay',
    required: ['delayMs'],
    rules: { delayMs: milliseconds, jitterMs: milliseconds, overtaking: yesOrNo },
  },
  reorder: {
    verb: 'reorder packets of',
    required: ['percent'],
    rules: { percent, behind: count, maxWaitMs: milliseconds },
  },
  duplicate: {
    verb: 'duplicate packets of',
    required: ['percent'],
    rules: { percent, copies: number(COPIES) },
  },
  corrupt: {
    verb: 'corrupt packets of',
    required: ['percent'],
    rules: { percent, bits: number(BITS), fixChecksum: yesOrNo },
  },
  rate: {
    verb: 'throttle',
    required: ['rateKbit'],
    rules: { rateKbit: number(RATE_KBIT), queuePackets: count, queueBytes: count },
  },
  partition: { verb: 'partition', required: [], rules: {} },
  hold: { verb: 'hold packets of', required: [], rules: { limit: count } },
};

/**
 * @param settings the settings of an impairment, from any source
 * @param host the name of the receiving host, for error messages
 * @throws {TypeError} for a value of the wrong type, an unknown setting or kind, or a missing setting.
 * @throws {RangeError} for a value out of range.
 *
 * @example
 * faultSettings({ kind: 'delay', delayMs: -5 }, 'udp-client');
 * // RangeError: Cannot delay host "udp-client": delayMs must be 0 or more, but is -5
 */
export function faultSettings(settings: unknown, host: string): FaultSettings {
  if (typeof settings !== 'object' || settings === null || !('kind' in settings)) {
    throw new TypeError(`Cannot impair host "${host}": a fault must be an object with a kind`);
  }
  if (!isKind(settings.kind)) {
    const known = Object.keys(kinds).join(', ');
    const found = JSON.stringify(settings.kind);
    throw new TypeError(
      `Cannot impair host "${host}": kind must be one of ${known}, but is ${found}`,
    );
  }
  const { verb, required, rules } = kinds[settings.kind];
  const trouble = firstTrouble(settings, required, { ...common, ...rules });
  if (trouble === undefined) return settings as FaultSettings;
  trouble.message = `Cannot ${verb} host "${host}": ${trouble.message}`;
  throw trouble;
}

function isKind(kind: unknown): kind is FaultKind {
  return typeof kind === 'string' && Object.hasOwn(kinds, kind);
}

function firstTrouble(
  settings: object,
  required: readonly string[],
  rules: Readonly<Record<string, Rule>>,
): Error | undefined {
  const given = new Map(Object.entries(settings).filter(([, value]) => value !== undefined));
  const missing = required.find((name) => !given.has(name));
  if (missing !== undefined) return new TypeError(`${missing} is needed`);
  for (const [name, value] of given) {
    if (!Object.hasOwn(rules, name)) return new TypeError(`there is no setting "${name}"`);
    const trouble = rules[name]?.(value);
    if (trouble === undefined) continue;
    trouble.message = `${name} ${trouble.message}`;
    return trouble;
  }
  return jitterTrouble(given) ?? portTrouble(given);
}

function portTrouble(given: ReadonlyMap<string, unknown>): Error | undefined {
  if (given.get('protocol') !== 'icmp' || !given.has('port')) return undefined;
  return new RangeError('port must not be given with protocol "icmp", which has none');
}

function jitterTrouble(given: ReadonlyMap<string, unknown>): Error | undefined {
  const [delayMs, jitterMs] = [Number(given.get('delayMs')), Number(given.get('jitterMs') ?? 0)];
  if (!(jitterMs > delayMs)) return undefined;
  return new RangeError(`jitterMs must be at most delayMs (${delayMs}), but is ${jitterMs}`);
}

function number({ min, max, whole = false }: Range): Rule {
  const noun = whole ? 'a whole number' : 'a number';
  return (value) => {
    if (typeof value !== 'number' || Number.isNaN(value)) return wrong(TypeError, noun, value);
    if (whole && !Number.isInteger(value)) return wrong(RangeError, noun, value);
    if (value < min) return wrong(RangeError, `${min} or more`, value);
    return value > max ? wrong(RangeError, `${max} or less`, value) : undefined;
  };
}

function matching(pattern: RegExp, needed: string): Rule {
  return (value) => {
    if (typeof value !== 'string') return wrong(TypeError, needed, value);
    return pattern.test(value) ? undefined : wrong(RangeError, needed, value);
  };
}

function yesOrNo(value: unknown): TypeError | undefined {
  return typeof value === 'boolean' ? undefined : wrong(TypeError, 'true or false', value);
}

function addresses(value: unknown): TypeError | RangeError | undefined {
  const needed = 'a list of IPv4 and IPv6 addresses';
  if (!Array.isArray(value) || value.length === 0) return wrong(TypeError, needed, value);
  const bad = value.find((one) => typeof one !== 'string' || addressBytes(one) === undefined);
  return bad === undefined ? undefined : wrong(RangeError, needed, value);
}

function wrong(Kind: typeof TypeError | typeof RangeError, needed: string, found: unknown) {
  // JSON has no Infinity and no NaN, and throws for a bigint.
  const shown =
    typeof found === 'object' || typeof found === 'string' ? JSON.stringify(found) : found;
  return new Kind(`must be ${needed}, but is ${String(shown)}`);
}
