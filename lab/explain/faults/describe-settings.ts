import type { FaultSettings } from '../../model/faults.ts';

/** The names of all settings, of whatever kind. */
type Names<S> = S extends unknown ? keyof S : never;
/** The settings that describe a fault: neither its kind, id and seed nor its hosts. */
type Name = Exclude<Names<FaultSettings>, 'kind' | 'id' | 'seed' | 'from' | 'sender'>;
type Amount = 'percent' | 'delayMs' | 'rateKbit';

type Words = (value: unknown) => string;

/** What is said right behind the kind: how much of it there is. */
const AMOUNTS: Readonly<Record<Amount, Words>> = {
  percent: (share) => `${share} %`,
  delayMs: (ms) => `${ms} ms`,
  rateKbit: (rate) => `${rate} kbit/s`,
};

/** What is said of the other settings, in this order. */
const DETAILS: Readonly<Record<Exclude<Name, Amount>, Words>> = {
  jitterMs: (ms) => `jitter ${ms} ms`,
  overtaking: (isOn) => (isOn ? 'overtaking' : 'no overtaking'),
  behind: (count) => `behind ${packets(count)}`,
  maxWaitMs: (ms) => `after ${ms} ms at most`,
  copies: (count) => `${count} ${count === 1 ? 'copy' : 'copies'}`,
  bits: (count) => `${count} ${count === 1 ? 'bit' : 'bits'}`,
  fixChecksum: (isOn) => (isOn ? 'checksum corrected' : 'checksum not corrected'),
  queuePackets: (count) => `queue of ${packets(count)}`,
  queueBytes: (count) => `queue of ${count} ${count === 1 ? 'byte' : 'bytes'}`,
  limit: (count) => `${packets(count)} at most`,
  network: (network) => `only on ${network}`,
  protocol: (protocol) => `only ${protocol}`,
  port: (port) => `only port ${port}`,
  every: (count) => `only 1 of ${count}`,
  first: (count) => `only the first ${count}`,
  forMs: (ms) => `for ${Number(ms) / 1000} s`,
};

/** What was asked for, as `loss 30 %, only udp`: without its hosts and its seed. */
export function describeSettings(settings: FaultSettings): string {
  const given = new Map(Object.entries(settings).filter(([, value]) => value !== undefined));
  const say = (words: Readonly<Record<string, Words>>) =>
    Object.entries(words).flatMap(([name, inWords]) =>
      given.has(name) ? [inWords(given.get(name))] : [],
    );
  return [[settings.kind, ...say(AMOUNTS)].join(' '), ...say(DETAILS)].join(', ');
}

function packets(count: unknown): string {
  return `${count} ${count === 1 ? 'packet' : 'packets'}`;
}
