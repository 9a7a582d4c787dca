import { expect, test } from 'vitest';
import type { FaultSettings } from './faults.ts';
import { settingWords } from './setting-words.ts';

test.each<[FaultSettings, string]>([
  [{ kind: 'loss', percent: 40, seed: 'a', sender: 'x', from: ['10.0.0.1'] }, 'loss 40 %'],
  [
    { kind: 'delay', delayMs: 100, jitterMs: 20, protocol: 'tcp' },
    'delay 100 ms ± 20 ms, only tcp',
  ],
  [{ kind: 'corrupt', percent: 5, fixChecksum: true }, 'corrupt 5 %, hidden from the kernel'],
  [{ kind: 'corrupt', percent: 5, fixChecksum: false }, 'corrupt 5 %'],
  [{ kind: 'rate', rateKbit: 64, port: 50_000 }, 'rate 64 kbit/s, only port 50000'],
  [{ kind: 'partition', forMs: 500 }, 'partition, for 500 ms'],
  [{ kind: 'hold' }, 'hold'],
])('%j is told as %s', (settings, words) => {
  expect(settingWords(settings)).toBe(words);
});
