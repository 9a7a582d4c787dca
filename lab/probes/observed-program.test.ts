import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ObservedProgram, type Request } from './observed-program.ts';

const MiB = 1024 * 1024;

function program() {
  const requests: Request[] = [];
  return {
    requests,
    program: new ObservedProgram(
      (request) => requests.push(request),
      () => {},
    ),
  };
}

test('a program whose output is not read is paused once, and resumed when it is read', async () => {
  const { requests, program: one } = program();
  for (let n = 0; n < 10; n += 1) one.take('stdout', Buffer.alloc(MiB));
  expect(requests).toEqual(['pause']);
  const reading = text(one.stdout);
  await expect.poll(() => requests).toEqual(['pause', 'resume']);
  one.hasEnded(0);
  expect(await reading).toHaveLength(10 * MiB);
});

test('a program that is to end is not paused, whether it is read or not', async () => {
  const { requests, program: one } = program();
  one.end();
  for (let n = 0; n < 10; n += 1) one.take('stdout', Buffer.alloc(MiB));
  one.hasEnded(3);
  expect(requests).toEqual(['end']);
  expect(await one.exitCode).toBe(3);
});

test.for([true, false])('whether it was started is told: %s', async (isStarted) => {
  const { program: one } = program();
  one.hasBegun(isStarted);
  expect(await one.isStarted).toBe(isStarted);
});
