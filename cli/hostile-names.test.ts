/** What a host, an image or a recording names is printed by verbs of all kinds, and drives no terminal (CWE-150). */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { LabEvent } from '../lab/index.ts';
import { eventLine, recordingHeader } from '../lab/model/recording.ts';

const MAIN = new URL('main.ts', import.meta.url).pathname;
/** Clears the screen in 7 bits and in 8, moves the cursor, sets the title, turns the direction. */
const EVIL = '\u001b[2J\u009b2J\r\u001b]0;title\u0007\u007f\u202e';

const event = (kind: string, more: object) =>
  ({ kind, atNs: '1700000000000000000', host: `web${EVIL}`, ...more }) as LabEvent;
const events = [
  event('host', { state: EVIL, addresses: [`10.0.0.1${EVIL}`], role: EVIL }),
  event('log', { line: `line${EVIL}` }),
  event('call', {
    ...{ id: 1, call: `connect${EVIL}`, stage: 'returned', error: EVIL, arguments: {} },
    process: { pid: 1, name: EVIL },
    socket: { fd: 3, protocol: 'tcp' },
    peer: { address: EVIL, port: 1 },
  }),
  event('fault', { fault: EVIL, from: EVIL, change: 'applied', settings: { kind: EVIL } }),
];
const recording = recordingHeader + events.map(eventLine).join('');

async function run(args: readonly string[], input: string): Promise<string> {
  const running = promisify(execFile)(process.execPath, [MAIN, ...args], {
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  running.child.stdin?.end(input);
  const { stdout, stderr } = await running.catch((failed) => failed);
  return stdout + stderr;
}

test.each<[string, readonly string[], string]>([
  ['a diagram', ['watch', '--from', '-'], recording],
  ['sentences', ['watch', '--from', '-', '--all', '--explain'], recording],
  ['JSON', ['watch', '--from', '-', '--json'], recording],
  [
    'an error about a recording',
    ['watch', '--from', '-'],
    `${recordingHeader}{"kind":"${EVIL}"}\n`,
  ],
  ['an error about a file', ['watch', '--from', `/nowhere/${EVIL}`], ''],
  ['an unknown verb', [EVIL], ''],
  ['an unknown option', ['watch', `--${EVIL}`], ''],
  ['a program that is not there', ['check', 'tcp-server', `/nowhere/${EVIL}`], ''],
])('%s', async (_what, args, input) => {
  const output = await run(args, input);
  expect(output).not.toBe('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(output).not.toMatch(/(?!\u001b\[\d+m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
});
