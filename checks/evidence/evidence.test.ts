import { expect, test } from 'vitest';
import type { LabEvent } from '../../lab/index.ts';
import { at, call } from '../../lab/timeline/testing/by-hand.ts';
import { Evidence } from './evidence.ts';

const END_MS = 1000;
const logged = (atMs: number, line: string, host = 'h2'): LabEvent => ({
  kind: 'log',
  atNs: at(atMs),
  host,
  line,
});
const endedMs = Number(BigInt(at(END_MS)) / 1_000_000n);
const found = {
  finding: { code: 'odd', did: 'looked' },
  hosts: ['h2'],
  beganMs: 0,
  endedMs,
  hasEnded: false,
};
const evidenceOf = (...events: LabEvent[]) => new Evidence(events, ['h2']).of(found);

test('what a program did and printed after the check is not told', () => {
  const evidence = evidenceOf(
    call('h2', 10, { call: 'socket' }),
    logged(20, 'before'),
    call('h2', END_MS + 1, { call: 'bind' }),
    logged(END_MS + 1, 'after'),
  );
  expect(evidence.wrong?.step.atNs).toBe(at(10));
  expect(evidence.output).toEqual(['before']);
});

test('of what a program printed the last twelve lines are told, and none of another host', () => {
  const lines = Array.from({ length: 13 }, (_, n) => String(n));
  const evidence = evidenceOf(
    ...lines.map((line, n) => logged(n, line)),
    logged(14, 'another', 'h1'),
  );
  expect(evidence).toMatchObject({ output: lines.slice(1), hasEarlierOutput: true });
});
