import { expect, test } from 'vitest';
import { LabError } from '../../lab/index.ts';
import { BuildError } from './build-error.ts';
import { buildFailure, timeoutFailure } from './build-failure.ts';

const cause = new Error('exit code 1');
const ofStep = (name: string, why: string, printed = '') =>
  `#5 ${name}\n${printed && `#5 0.100 ${printed}\n`}#5 ERROR: ${why}\nERROR: failed to solve: ${why}\n`;
const command = (text: string) =>
  `process "/bin/sh -c ${text}" did not complete successfully: exit code: 1`;

test.each(['false', 'timeout 5 ./selftest', 'make PORT=500'])(
  'a command of a Dockerfile that fails is the failure of the program: %s',
  (text) => {
    const failure = buildFailure(ofStep(`[2/2] RUN ${text}`, command(text), 'oops'), { cause });
    expect(failure).toBeInstanceOf(BuildError);
    expect(failure.message).toBe('oops');
  },
);

test.each([
  'node:26: failed to do request: Head "https://a/v2/": dial tcp: lookup a: no such host',
  'node:26: unexpected status from HEAD request: 503 Service Unavailable',
  'node:26: toomanyrequests: You have reached your pull rate limit',
])('a registry that does not answer is no failure of the program: %s', (why) => {
  const log = ofStep('[internal] load metadata for docker.io/library/node:26', why);
  expect(buildFailure(log, { cause })).toBeInstanceOf(LabError);
});

test('an image that does not exist is the failure of the program', () => {
  const log = ofStep('[internal] load metadata for a:b', 'a:b: not found');
  expect(buildFailure(log, { cause })).toBeInstanceOf(BuildError);
});

test('of our own stages only those with the compiler of the program can be its failure', () => {
  const options = { cause, ownStage: /-built$/ };
  const failureIn = (stage: string) =>
    buildFailure(ofStep(`[${stage} 2/2] RUN gcc`, command('gcc')), options);
  expect(failureIn('c-built')).toBeInstanceOf(BuildError);
  expect(failureIn('c-compiler')).toBeInstanceOf(LabError);
});

test('a Dockerfile that cannot be read is the failure of the program', () => {
  const why = 'dockerfile parse error on line 1: unknown instruction: FORM';
  const failure = buildFailure(`ERROR: failed to solve: ${why}\n`, { cause });
  expect(failure).toBeInstanceOf(BuildError);
  expect(failure.message).toBe(why);
});

test('a build that did not end is the failure of the program where a command of it still ran', () => {
  const failure = timeoutFailure('#5 [2/2] RUN sleep 9999\n', 600_000, { cause });
  expect(failure).toMatchObject({
    finding: { code: 'build-does-not-end', found: expect.stringContaining('after 10 minutes') },
  });
  expect(timeoutFailure('#5 [1/2] FROM node:26\n', 600_000, { cause })).toBeInstanceOf(LabError);
});
