import type { FaultSettings } from './faults.ts';

/** The names of all settings, of whatever kind. */
type Names<S> = S extends unknown ? keyof S : never;
/** Those that say how the fault is, and not which one it is or for whom. */
type Name = Exclude<Names<FaultSettings>, 'kind' | 'id' | 'seed' | 'from' | 'sender'>;

/** Behind the kind, in this order. */
const words: Readonly<Record<Name, (value: unknown) => string>> = {
  percent: (value) => ` ${value} %`,
  delayMs: (value) => ` ${value} ms`,
  jitterMs: (value) => ` ± ${value} ms`,
  rateKbit: (value) => ` ${value} kbit/s`,
  overtaking: () => ', with overtaking',
  behind: (value) => `, behind ${value} others`,
  maxWaitMs: (value) => `, after ${value} ms at most`,
  copies: (value) => `, ${value} more of each`,
  bits: (value) => `, ${value} bits`,
  fixChecksum: () => ', hidden from the kernel',
  queuePackets: (value) => `, queue of ${value} packets`,
  queueBytes: (value) => `, queue of ${value} bytes`,
  limit: (value) => `, ${value} at most`,
  protocol: (value) => `, only ${value}`,
  port: (value) => `, only port ${value}`,
  every: (value) => `, one packet in ${value}`,
  first: (value) => `, only the first ${value}`,
  forMs: (value) => `, for ${value} ms`,
};

/** What was asked for, as a person says it: `loss 40 %`, `delay 100 ms ± 20 ms, only tcp`. */
export function settingWords(settings: FaultSettings): string {
  const values = new Map<string, unknown>(Object.entries(settings));
  const said = Object.entries(words).map(([name, say]) => {
    const value = values.get(name);
    return value === undefined || value === false ? '' : say(value);
  });
  return `${settings.kind}${said.join('')}`;
}
