import { expect, onTestFinished, test, vi } from 'vitest';
import type { Actions, WaitingPacket, WaitingPackets } from './actions.ts';
import { Stepping } from './stepping.ts';
import { FakeLab } from './testing/fake-lab.ts';

const path = { from: 'a', to: 'b' };

/** A hold that lasts until it is disposed of, or ended from elsewhere. */
class Hold implements WaitingPackets {
  readonly over = Promise.withResolvers<void>();
  isDisposed = false;
  readonly #packets: readonly WaitingPacket[];

  constructor(packets: readonly WaitingPacket[] = []) {
    this.#packets = packets;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WaitingPacket> {
    yield* this.#packets;
    await this.over.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
    this.over.resolve();
  }
}

function steppingWith(hold: Actions['hold']): Stepping {
  return new Stepping({ hold } as Actions, () => undefined);
}

test('only one path is held at a time, however many pages ask', async () => {
  const holds: Hold[] = [];
  const stepping = steppingWith(async () => {
    await new Promise(setImmediate);
    holds.push(new Hold());
    return holds.at(-1) as Hold;
  });
  await Promise.all([stepping.hold(path), stepping.hold({ from: 'b', to: 'a' })]);
  expect(holds.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  expect(stepping.list).toEqual({ from: 'b', to: 'a', waiting: 0, packets: [] });
});

test('the packets that have waited longest are listed, and all are counted', async () => {
  const some = await new FakeLab().hold(path);
  const { value: packet } = await some[Symbol.asyncIterator]().next();
  const stepping = steppingWith(async () => new Hold(Array(60).fill(packet)));
  await stepping.hold(path);
  await expect.poll(() => stepping.list?.waiting).toBe(60);
  const numbers = stepping.list?.packets.map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  await stepping.decide({ number: 1, action: 'deliver' });
  expect(stepping.list).toMatchObject({ waiting: 59, packets: { length: 50, 49: { number: 51 } } });
});

test('a hold that is about to begin when the page ends is ended', async () => {
  const hold = new Hold();
  const stepping = steppingWith(async () => hold);
  const begun = stepping.hold(path);
  await stepping[Symbol.asyncDispose]();
  await begun;
  expect(hold.isDisposed).toBe(true);
});

test('the page does not wait for a slow hold to begin, and ends it all the same', async () => {
  const hold = new Hold();
  const beginning = Promise.withResolvers<Hold>();
  const stepping = steppingWith(() => beginning.promise);
  const begun = stepping.hold(path);
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const disposed = stepping[Symbol.asyncDispose]();
  await vi.advanceTimersByTimeAsync(2000);
  await disposed;
  beginning.resolve(hold);
  await begun;
  await vi.waitFor(() => expect(hold.isDisposed).toBe(true));
});

test.each(['ends', 'fails'])('a hold is no longer shown when its wire %s', async (how) => {
  const hold = new Hold();
  const stepping = steppingWith(async () => hold);
  await stepping.hold(path);
  if (how === 'ends') hold.over.resolve();
  else hold.over.reject(new Error('The wire is gone'));
  await expect.poll(() => stepping.list).toBeNull();
  expect(hold.isDisposed).toBe(true);
});

test('a hold that cannot be ended is reported, and no longer shown', async () => {
  const hold = new Hold();
  hold[Symbol.asyncDispose] = () => Promise.reject(new Error('The engine went away'));
  const stepping = steppingWith(async () => hold);
  await stepping.hold(path);
  await expect(stepping.release()).rejects.toThrow('The engine went away');
  expect(stepping.list).toBeNull();
});

test('the page survives a wire that fails and cannot be ended', async () => {
  const hold = new Hold();
  hold[Symbol.asyncDispose] = () => Promise.reject(new Error('The engine went away'));
  const stepping = steppingWith(async () => hold);
  await stepping.hold(path);
  hold.over.reject(new Error('The engine went away'));
  // Were the rejection nobody's, this test would fail for it.
  await expect.poll(() => stepping.list).toBeNull();
});

test('a packet whose decision failed goes on waiting', async () => {
  const some = await new FakeLab().hold(path);
  const { value } = await some[Symbol.asyncIterator]().next();
  const decide: WaitingPacket['decide'] = async ({ action }) => {
    if (action === 'duplicate') throw new RangeError('no');
  };
  const packet: WaitingPacket = { ...value, decide };
  const stepping = steppingWith(async () => new Hold([packet]));
  await stepping.hold(path);
  await expect.poll(() => stepping.list?.waiting).toBe(1);
  await expect(stepping.decide({ number: 1, action: 'duplicate' })).rejects.toThrow('no');
  expect(stepping.list?.waiting).toBe(1);
  await stepping.decide({ number: 1, action: 'deliver' });
  expect(stepping.list?.waiting).toBe(0);
});
