import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { FaultStatus } from '../model/wire-status.ts';
import { WireClient } from './wire-client.ts';

const status = (startedAtNs: string, seed = '') =>
  ({ id: 'loss-1', startedAtNs, seed }) as FaultStatus;

const add = { command: 'add', fault: { kind: 'loss', percent: 1 } } as const;

/** A client, and what its wire sends: lines that may all come at once. */
function connected() {
  const from = new PassThrough();
  const client = new WireClient(from, new PassThrough());
  const tell = (...messages: object[]) =>
    from.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  return { client, tell, end: () => from.end() };
}

test('the outcome of a fault that ends as soon as it begins is known', async () => {
  const { client, tell } = connected();
  const added = client.send(add);
  tell({ n: 1, ok: true, fault: status('1') }, { healed: status('1', 'over') });
  await added;
  expect(await client.outcome(status('1'))).toMatchObject({ seed: 'over' });
});

test('the end of an earlier fault, or of one that somebody else began, is not the end of this one', async () => {
  const { client, tell, end } = connected();
  const added = client.send(add);
  tell({ healed: status('1') }, { n: 1, ok: true, fault: status('2') }, { healed: status('3') });
  await added;
  const outcome = client.outcome(status('2'));
  end();
  expect(await outcome).toBeUndefined();
});
