import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Commanded } from './commanded.ts';
import { reply } from './commands.ts';
import { Session } from './session.ts';
import { WireEnded } from './wire-ended.ts';

const calls: unknown[] = [];
const wire: Commanded = {
  ends: new EventEmitter(),
  status: {
    faults: [],
    prepared: [],
    healed: [],
    inFlight: 0,
    overflowed: 0,
    missed: 0,
    copiesFailed: 0,
  },
  add: (settings) => Promise.reject(new RangeError(`no ${JSON.stringify(settings)}`)),
  begin: async (ids, atNs) => {
    calls.push([ids, atNs]);
    return [];
  },
  remove: async (ids) => {
    calls.push(ids);
    return [];
  },
  nextHeld: async (after, timeoutMs) => {
    calls.push([after, timeoutMs]);
    return undefined;
  },
  decide: (id, decision) => calls.push([id, decision]),
};

const session = new Session(wire);

test('commands reach the wire with their arguments', async () => {
  calls.length = 0;
  const replies = [];
  for (const command of [
    { command: 'remove', ids: ['loss-1'] },
    { command: 'next-held', after: 3, timeoutMs: 50 },
    { command: 'decide', id: 4, action: 'delay', delayMs: 5 },
    { command: 'status' },
    { command: 'begin', ids: ['loss-2'], atNs: 5 },
  ]) {
    replies.push(await reply(JSON.stringify(command), session));
  }
  expect(calls).toEqual([
    ['loss-1'],
    [3, 50],
    [4, { action: 'delay', delayMs: 5 }],
    [['loss-2'], 5],
  ]);
  expect(replies).toEqual([
    { ok: true, removed: [], left: 0 },
    { ok: true, held: null },
    { ok: true },
    { ok: true, status: wire.status },
    { ok: true, faults: [] },
  ]);
});

test.each([
  ['', 'FAILED', 'JSON'],
  ['7', 'WRONG_TYPE', 'must be a JSON object'],
  ['{}', 'WRONG_TYPE', 'There is no command undefined'],
  ['{"command":"add","fault":1}', 'OUT_OF_RANGE', 'no 1'],
  ['{"command":"remove","ids":"loss-1"}', 'WRONG_TYPE', 'ids must be a list of strings'],
  [
    '{"command":"decide","id":1,"action":"burn"}',
    'WRONG_TYPE',
    'action must be one of deliver, drop',
  ],
  [
    '{"command":"decide","id":1,"action":"delay"}',
    'OUT_OF_RANGE',
    'delayMs must be a number from 0',
  ],
  [
    '{"command":"next-held","timeoutMs":1e9}',
    'OUT_OF_RANGE',
    'timeoutMs must be a number from 0 to 60000',
  ],
])(
  'the command %s is refused with the code %s, and the reply says why',
  async (line, code, message) => {
    expect(await reply(line, session)).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining(message) },
    });
  },
);

test('a fault that comes too late is refused with a code of its own', async () => {
  const ended = { ...wire, add: () => Promise.reject(new WireEnded('it has ended')) };
  expect(await reply('{"command":"add"}', new Session(ended))).toMatchObject({
    ok: false,
    error: { code: 'WIRE_ENDED' },
  });
});
