import { expect, test } from 'vitest';
import { type ClientRun, endFinding } from './client-run.ts';
import { failingFinding } from './failing.ts';

const run = (exitCode: number | undefined, stderr = '', stdout = ''): ClientRun => ({
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
  calls: [],
  ...(exitCode !== undefined && { exitCode }),
});
const failing = { did: 'sent nothing', waitedFor: 'the greeting', timeoutMs: 15_000 };
const codeOf = (one: ClientRun) => failingFinding(one, failing)?.code;

test('a client that fails with a line of output and an exit code other than 0 is right', () => {
  expect(codeOf(run(1, 'no greeting came\n'))).toBeUndefined();
  expect(codeOf(run(1, '', 'no greeting came\n'))).toBeUndefined();
});

test('a client fails neither by waiting, nor with 0, nor without a word', () => {
  expect(codeOf(run(undefined))).toBe('never-gives-up');
  expect(codeOf(run(0, 'no greeting came\n'))).toBe('exits-with-0');
  expect(codeOf(run(1, '\n'))).toBe('says-nothing');
});

test.each([
  ['Python', 'Traceback (most recent call last):\n  File "main.py", line 3\nTimeoutError'],
  ['JavaScript', 'Error: timeout\n    at Socket.<anonymous> (file:///program/main.js:3:9)'],
  ['Go', 'panic: timeout\n\ngoroutine 1 [running]:\nmain.main()'],
  ['Rust', "thread 'main' (7) panicked at main.rs:3:9:\ntimeout"],
])('a stack trace of %s is no failure, but advice', (_, stderr) => {
  expect(failingFinding(run(1, stderr), failing)).toMatchObject({
    code: 'stack-trace',
    isAdvice: true,
  });
});

test('a client that has got all ends, and with 0', () => {
  const end = { did: 'closed', timeoutMs: 10_000 };
  expect(endFinding(run(0), end)).toBeUndefined();
  expect(endFinding(run(undefined), end)?.code).toBe('still-running');
  expect(endFinding(run(139), end)?.found).toBe('exit code 139, which is SIGSEGV');
});
