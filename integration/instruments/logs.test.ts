/** What a host logs, read back: however much it is, and without leaving anything open. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { ours } from '../support/programs.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** Starts a host that logs what a script prints, and then waits. */
function logging(name: string, script: string) {
  const entrypoint = ['node', '--eval', `${script}; setInterval(() => undefined, 1e9)`];
  return lab.startHost(name, { ...ours('tcp-client'), entrypoint, ready: /last/ });
}

/** Connections of this process: that to the engine is a pipe. */
const connections = () => process.getActiveResourcesInfo().filter((it) => it === 'PipeWrap').length;

test('a long log is read to its end', async () => {
  const script = 'for (let n = 0; n < 20000; n += 1) console.log("line", n); console.log("last")';
  const host = await logging('long', script);
  const lines = await Array.fromAsync(host.logs(), ({ line }) => line);
  expect(lines).toHaveLength(20_001);
  expect(lines.slice(-2)).toEqual(['line 19999', 'last']);
});

test('a line that the engine stores in parts is read as one line', async () => {
  const host = await logging('wide', 'console.log("ü".repeat(40000)); console.error("last")');
  // The engine takes the two outputs apart: that of the last line may be ahead.
  const lines = () => Array.fromAsync(host.logs(), ({ line }) => line);
  await expect.poll(async () => (await lines()).sort()).toEqual(['last', 'ü'.repeat(40_000)]);
});

test('a reader that stops following a log leaves no connection open', async () => {
  const host = await logging('followed', 'console.log("first"); console.log("last")');
  const before = connections();
  for (let n = 0; n < 3; n += 1) {
    for await (const { line } of host.logs({ follow: true })) if (line === 'last') break;
  }
  await expect.poll(connections).toBeLessThanOrEqual(before);
});

test('a follower whose signal is aborted ends without an error', async () => {
  const host = await lab.find('followed');
  const signal = AbortSignal.abort();
  expect(await Array.fromAsync(host.logs({ follow: true, signal }))).toEqual([]);
  const ending = new AbortController();
  const lines: string[] = [];
  for await (const { line } of host.logs({ follow: true, signal: ending.signal })) {
    lines.push(line);
    if (line === 'last') ending.abort();
  }
  expect(lines).toEqual(['first', 'last']);
});
