import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Health } from './health.ts';
import { freePort } from './testing.ts';
import { startProcess } from './testing-process.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'socketlab-'));
  file = join(folder, 'healthy');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** What the health check of the images comes to. */
const isHealthy = () => spawnSync('test', [file, '-nt', '/proc/self']).status === 0;

/** Time that the test lets pass; the programs that it starts have their own. */
function fakeTime() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
}

test('a service is not healthy until something has succeeded', () => {
  const health = new Health(file);
  expect(isHealthy()).toBe(false);
  health.succeeded();
  expect(isHealthy()).toBe(true);
});

test('a service that goes on is healthy for as long as it does', () => {
  fakeTime();
  vi.setSystemTime(Date.now() - 3_600_000);
  new Health(file).succeeded();
  expect(isHealthy()).toBe(false); // by a clock that is an hour ahead
  vi.advanceTimersByTime(3_600_000);
  expect(isHealthy()).toBe(true);
});

test('a service that hangs is healthy for less than a minute more', () => {
  fakeTime();
  vi.setSystemTime(Date.now() - 60_000);
  new Health(file).succeeded();
  expect(isHealthy()).toBe(false);
});

test('occasional failures do not make a service unhealthy', () => {
  fakeTime();
  const health = new Health(file);
  for (let second = 0; second < 60; second += 1) {
    if (second % 9 === 0) health.succeeded();
    else health.failed();
    expect(existsSync(file)).toBe(true);
    vi.advanceTimersByTime(1000);
  }
});

test('a service whose conversations have all failed for some seconds is not healthy until one succeeds', () => {
  fakeTime();
  const health = new Health(file);
  health.succeeded();
  vi.advanceTimersByTime(20_000);
  health.failed();
  expect(isHealthy()).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(isHealthy()).toBe(false);
  health.succeeded();
  expect(isHealthy()).toBe(true);
});

test('a service whose first conversation fails is not healthy', () => {
  const health = new Health(file);
  health.failed();
  expect(isHealthy()).toBe(false);
});

test.each([undefined, '/nowhere/healthy'])(
  'a health file that cannot be written (%s) is no failure',
  (path) => {
    const health = new Health(path);
    expect(() => health.succeeded()).not.toThrow();
    expect(() => health.failed()).not.toThrow();
  },
);

test.for(['tcp-server', 'udp-echo-server'])(
  'a %s is healthy when it listens, and not when it cannot',
  async (role) => {
    const env = { HOST: '127.0.0.1', PORT: String(await freePort()), HEALTH_FILE: file };
    await using server = startProcess(`${role}/main.ts`, env);
    await server.lines.logged('listening');
    await expect.poll(isHealthy).toBe(true);

    const itsFile = join(folder, 'second');
    await using second = startProcess(`${role}/main.ts`, { ...env, HEALTH_FILE: itsFile });
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(existsSync(itsFile)).toBe(false);
  },
);
