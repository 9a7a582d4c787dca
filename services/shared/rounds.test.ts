import { expect, test, vi } from 'vitest';
import { NetworkError } from './failure.ts';
import { Health } from './health.ts';
import { checkFamily, clientSettings, familyOf, haveRounds } from './rounds.ts';
import { readSettings, SettingsError } from './settings.ts';
import { recordingLog } from './testing.ts';

const failed = () => Promise.reject(new NetworkError('Connection refused.'));

function start(round: () => Promise<unknown>, { COUNT = 1, INTERVAL_MS = 0 } = {}) {
  const { log, lines } = recordingLog();
  const stop = new AbortController();
  const count = vi.fn(round);
  const health = new Health();
  const told = { succeeded: vi.spyOn(health, 'succeeded'), failed: vi.spyOn(health, 'failed') };
  const done = haveRounds({
    settings: { COUNT, INTERVAL_MS },
    log,
    health,
    stopping: stop.signal,
    round: count,
  });
  return { done, lines, stop: () => stop.abort(), round: count, ...told };
}

test.each([1, 2, 5])('COUNT=%i is the number of rounds', async (COUNT) => {
  const { done, round } = start(async () => undefined, { COUNT });
  await done;
  expect(round).toHaveBeenCalledTimes(COUNT);
});

test('the rounds follow one another, they do not overlap', async () => {
  let open = 0;
  let mostOpen = 0;
  const { done } = start(
    async () => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      await new Promise(setImmediate);
      open -= 1;
    },
    { COUNT: 3 },
  );
  await done;
  expect(mostOpen).toBe(1);
});

test('a round that fails ends a client that counts', async () => {
  const { done, round, lines } = start(failed, { COUNT: 3 });
  await expect(done).rejects.toThrow(new NetworkError('Connection refused.'));
  expect(round).toHaveBeenCalledOnce();
  expect(lines.all).toStrictEqual([]); // the one who catches it logs it
});

test('with COUNT=0 a failed round is followed by another, until the client is stopped', async () => {
  let rounds = 0;
  const running = start(
    async () => {
      rounds += 1;
      if (rounds === 5) running.stop();
      if (rounds % 2 === 1) await failed();
    },
    { COUNT: 0 },
  );
  await running.done;
  expect(rounds).toBe(5);
  const sentence = { level: 'warn', msg: 'Connection refused.' };
  expect(running.lines.named('failed')).toMatchObject([sentence, sentence, sentence]);
});

test('a bug in the program is never taken for a failure of the network', async () => {
  const { done } = start(() => Promise.reject(new TypeError('no such method')), { COUNT: 0 });
  await expect(done).rejects.toThrow(TypeError);
});

test('between two rounds there is the interval, after the last one there is none', async () => {
  const startedMs: number[] = [];
  const { done } = start(async () => void startedMs.push(performance.now()), {
    COUNT: 2,
    INTERVAL_MS: 50,
  });
  await done;
  const [first = 0, second = 0] = startedMs;
  expect(second - first).toBeGreaterThan(48); // a timer may fire a millisecond early

  const alone = start(async () => undefined, { COUNT: 1, INTERVAL_MS: 3_600_000 });
  await expect(alone.done).resolves.toBeUndefined();
});

test('a client that is told to stop between two rounds stops at once', async () => {
  const { done, round, stop, succeeded } = start(async () => undefined, {
    COUNT: 0,
    INTERVAL_MS: 3_600_000,
  });
  await expect.poll(() => succeeded).toHaveBeenCalled();
  stop();
  await done;
  expect(round).toHaveBeenCalledOnce();
});

test('a client that is told to stop within a round finishes it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let finished = false;
  const { done, round, stop } = start(
    async () => {
      await promise;
      finished = true;
    },
    { COUNT: 3, INTERVAL_MS: 3_600_000 },
  );
  stop();
  resolve();
  await done;
  expect(finished).toBe(true);
  expect(round).toHaveBeenCalledOnce();
});

test('a client that is told to stop before the first round has none', async () => {
  const { log } = recordingLog();
  const round = vi.fn(failed);
  const settings = { COUNT: 0, INTERVAL_MS: 0 };
  const health = new Health();
  await haveRounds({ settings, log, health, stopping: AbortSignal.abort(), round });
  expect(round).not.toHaveBeenCalled();
});

test('a successful round counts as healthy, and a failed one does not', async () => {
  const well = start(async () => undefined, { COUNT: 2 });
  await well.done;
  expect(well.succeeded).toHaveBeenCalledTimes(2);
  expect(well.failed).not.toHaveBeenCalled();

  const badly = start(failed);
  await badly.done.catch(() => undefined);
  expect(badly.succeeded).not.toHaveBeenCalled();
  expect(badly.failed).toHaveBeenCalledOnce();
});

test.each([
  ['any', 0],
  ['4', 4],
  ['6', 6],
] as const)('FAMILY=%s stands for the family %i', (FAMILY, family) => {
  expect(familyOf(readSettings(clientSettings('tcp-server', 5000), { FAMILY }))).toBe(family);
});

test.each([
  ['4', '::1', 6],
  ['6', '127.0.0.1', 4],
] as const)('FAMILY=%s does not go with the address %s', (FAMILY, SERVER_HOST, found) => {
  expect(() => checkFamily({ FAMILY, SERVER_HOST })).toThrow(
    new SettingsError(`FAMILY must be any or ${found} for ${SERVER_HOST}, but is ${FAMILY}`),
  );
});

test.each([
  ['any', '::1'],
  ['4', '127.0.0.1'],
  ['6', 'tcp-server'],
] as const)('FAMILY=%s goes with %s', (FAMILY, SERVER_HOST) => {
  expect(() => checkFamily({ FAMILY, SERVER_HOST })).not.toThrow();
});
