import { expect, test } from 'vitest';
import { faultSettings } from './fault-settings.ts';

test.each([
  { kind: 'loss', percent: 10, from: ['10.0.0.1', 'fd93::1'], protocol: 'udp', port: 53, first: 3 },
  {
    kind: 'delay',
    delayMs: 20,
    jitterMs: 20,
    overtaking: true,
    forMs: 1000,
    seed: 'x',
    id: 'slow',
  },
  { kind: 'reorder', percent: 100, behind: 3, maxWaitMs: 50 },
  { kind: 'duplicate', percent: 0, copies: 2, every: 2 },
  { kind: 'corrupt', percent: 5, bits: 8, fixChecksum: true },
  { kind: 'rate', rateKbit: 0.5, queuePackets: 1, queueBytes: 1500 },
  { kind: 'partition' },
  { kind: 'hold', limit: 1 },
])('%o is a fault', (settings) => {
  expect(faultSettings(settings, 'udp-client')).toBe(settings);
});

test.each([
  [
    { kind: 'delay', delayMs: -5 },
    RangeError,
    'delay host "h": delayMs must be 0 or more, but is -5',
  ],
  [{ kind: 'delay' }, TypeError, 'delay host "h": delayMs is needed'],
  [
    { kind: 'delay', delayMs: 1, jitterMs: 2 },
    RangeError,
    'jitterMs must be at most delayMs (1), but is 2',
  ],
  [
    { kind: 'loss', percent: 101 },
    RangeError,
    'lose packets of host "h": percent must be 100 or less, but is 101',
  ],
  [{ kind: 'loss', percent: Number.NaN }, TypeError, 'percent must be a number, but is NaN'],
  [{ kind: 'loss', percent: Infinity }, RangeError, 'must be 100 or less, but is Infinity'],
  [{ kind: 'loss', percent: 30n }, TypeError, 'percent must be a number, but is 30'],
  [{ kind: 'loss', percent: '5' }, TypeError, 'percent must be a number, but is "5"'],
  [{ kind: 'loss', percnt: 5 }, TypeError, 'percent is needed'],
  [
    { kind: 'partition', percent: 5 },
    TypeError,
    'partition host "h": there is no setting "percent"',
  ],
  [{ kind: 'partition', toString: 5 }, TypeError, 'there is no setting "toString"'],
  [
    { kind: 'partition', from: ['nowhere'] },
    RangeError,
    'from must be a list of IPv4 and IPv6 addresses',
  ],
  [{ kind: 'partition', from: '10.0.0.1' }, TypeError, 'from must be a list'],
  [{ kind: 'partition', port: 1.5 }, RangeError, 'port must be a whole number, but is 1.5'],
  [
    { kind: 'partition', protocol: 'sctp' },
    RangeError,
    'protocol must be "tcp", "udp" or "icmp", but is "sctp"',
  ],
  [
    { kind: 'partition', protocol: 'icmp', port: 7 },
    RangeError,
    'port must not be given with protocol "icmp", which has none',
  ],
  [{ kind: 'hold', id: 'a b' }, RangeError, 'id must be 1 to 64'],
  [{ kind: 'slow' }, TypeError, 'kind must be one of loss, delay, reorder'],
  [{ kind: 'constructor' }, TypeError, 'kind must be one of'],
  [null, TypeError, 'a fault must be an object with a kind'],
])('%o is refused, with its reason', (settings, kind, message) => {
  expect(() => faultSettings(settings, 'h')).toThrow(kind);
  expect(() => faultSettings(settings, 'h')).toThrow(message);
});
