import { expect, test } from 'vitest';
import type { FaultSettings } from '../../model/faults.ts';
import { describeSettings } from './describe-settings.ts';

const cases: [FaultSettings, string][] = [
  [{ kind: 'loss', percent: 30, seed: '7', sender: 'x', from: ['192.0.2.1'] }, 'loss 30 %'],
  [{ kind: 'delay', delayMs: 50, jitterMs: 20 }, 'delay 50 ms, jitter 20 ms'],
  [
    { kind: 'delay', jitterMs: 2, delayMs: 5, overtaking: true },
    'delay 5 ms, jitter 2 ms, overtaking',
  ],
  [{ kind: 'reorder', percent: 20, behind: 1 }, 'reorder 20 %, behind 1 packet'],
  [{ kind: 'duplicate', percent: 5, copies: 2 }, 'duplicate 5 %, 2 copies'],
  [{ kind: 'corrupt', percent: 5, fixChecksum: true }, 'corrupt 5 %, checksum corrected'],
  [{ kind: 'corrupt', percent: 5, bits: 1 }, 'corrupt 5 %, 1 bit'],
  [{ kind: 'rate', rateKbit: 8, queuePackets: 10 }, 'rate 8 kbit/s, queue of 10 packets'],
  [{ kind: 'hold', protocol: 'tcp', port: 50_000 }, 'hold, only tcp, only port 50000'],
  [
    { kind: 'partition', every: 3, first: 5, forMs: 1500 },
    'partition, only 1 of 3, only the first 5, for 1.5 s',
  ],
];

test.each(cases)('%j is described as %s', (settings, words) => {
  expect(describeSettings(settings)).toBe(words);
});
