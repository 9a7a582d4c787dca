import { expect, test } from 'vitest';
import { untilAborted } from './until-aborted.ts';

test('work that is done in time is given, or its error', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
});

test('work is left when nobody wants it any more, and its error is nobody’s', async () => {
  const controller = new AbortController();
  const work = Promise.withResolvers<never>();
  const left = untilAborted(work.promise, controller.signal);
  controller.abort(new Error('enough'));
  await expect(left).rejects.toThrow('enough');
  work.reject(new Error('too late'));
  await expect(untilAborted(Promise.resolve(1), controller.signal)).rejects.toThrow('enough');
});
