import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type WireLine, WireOutput } from './wire-output.ts';

const packet = { from: 'a', to: 'b', protocol: 'udp', ipId: 1, length: 9 } as const;
const about = () => ({ packet });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** An output into a file, and what is in it in the end. */
function toFile(perSecond: number): { output: WireOutput; lines: () => WireLine[] } {
  const path = join(folder(), 'lines');
  const fd = openSync(path, 'w');
  onTestFinished(() => closeSync(fd));
  const output = new WireOutput({ host: 'h', clock: () => 5n, perSecond, fd });
  const lines = () =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { output, lines };
}

test('fates are reported one by one up to a limit, and the rest is summed up', async () => {
  const { output, lines } = toFile(2);
  for (let count = 0; count < 10; count += 1) output.fate('lost', 'loss-1', about);
  output.close();
  await output.flushed(1000);
  expect(lines().map(({ kind }) => kind)).toEqual(['fate', 'fate', 'omission']);
  expect(lines()[2]).toEqual({
    kind: 'omission',
    atNs: '5',
    sinceNs: '5',
    host: 'h',
    omitted: { 'loss-1': { lost: 8 } },
  });
});

test('a fault may have any name', async () => {
  const { output, lines } = toFile(0);
  for (const fault of ['__proto__', 'constructor']) output.fate('lost', fault, about);
  output.close();
  await output.flushed(1000);
  expect(Object.prototype).not.toHaveProperty('lost');
  const omitted = lines().flatMap((line) =>
    line.kind === 'omission' ? Object.entries(line.omitted) : [],
  );
  expect(omitted).toEqual([
    ['__proto__', { lost: 1 }],
    ['constructor', { lost: 1 }],
  ]);
});

test('the few lost packets among many delivered ones are reported', async () => {
  const { output, lines } = toFile(2);
  for (let count = 0; count < 10; count += 1) output.fate('delivered', 'loss-1', about);
  output.fate('lost', 'loss-1', about);
  output.close();
  await output.flushed(1000);
  const fates = lines().map((line) => (line.kind === 'fate' ? line.fate : line.kind));
  expect(fates).toEqual(['delivered', 'delivered', 'lost', 'omission']);
});

test('only the packets that are reported are looked at', async () => {
  const { output } = toFile(2);
  const asked = vi.fn(about);
  for (let count = 0; count < 10; count += 1) output.fate('lost', 'loss-1', asked);
  expect(asked).toHaveBeenCalledTimes(2);
  await output.flushed(1000);
});

test('the output is flushed as soon as everything is written, without polling', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { output, lines } = toFile(2);
  const settings = { kind: 'loss', percent: 9 } as const;
  output.fault({ fault: 'loss-1', from: 'x', change: 'applied', settings });
  await output.flushed(1000);
  await output.flushed(1000);
  expect(lines()).toEqual([
    {
      kind: 'fault',
      atNs: '5',
      host: 'h',
      fault: 'loss-1',
      from: 'x',
      change: 'applied',
      settings,
    },
  ]);
});

test('the output does not wait for a reader that does not read, and keeps a bounded part of it', async () => {
  const path = join(folder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const output = new WireOutput({ host: 'h', clock: () => 5n, perSecond: 1e6, fd });
  const asked = vi.fn(about);
  for (let count = 0; count < 50_000; count += 1) output.fate('lost', 'loss-1', asked);
  // 1 MiB of lines that are longer than 100 bytes.
  expect(asked.mock.calls.length).toBeLessThan(11_000);
  await expect(output.flushed(50)).resolves.toBeUndefined();
  closeSync(fd);
});
