/** What the matchers say when they fail, and what they refuse to prove. */
import '../lab/vitest.ts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { imageOf } from './support/images.ts';

const PORT = 50_000;

let lab: Lab;
let server: Host;
let client: Host;

beforeAll(async () => {
  lab = await Lab.start();
  const image = imageOf(inject('runId'), 'tcp-server');
  server = await lab.startHost('server', { image });
  client = await lab.startHost('client', {
    image,
    entrypoint: ['sleep', 'infinity'],
    ready: 'running',
  });
});
afterAll(() => lab?.[Symbol.asyncDispose]());

/** One connection from the client, opened with what every Node has. */
function connect() {
  // Of one family: where the first SYN is lost, Node would soon try the other instead of waiting.
  const program = `require('node:net').connect({ port: ${PORT}, host: 'server', family: 4 }).resume()`;
  return client.exec(['node', '--eval', program]);
}

test('a port that nothing listens on is refused, and the failure says so', async () => {
  await expect(expect(client).toReach(server, { port: 7 })).rejects.toThrow(
    /^expected host "client" to reach host "server" on TCP port 7\n.*ECONNREFUSED, nothing listens/,
  );
});

test('a host behind a partition does not answer', async () => {
  await expect(client).toReach(server, { port: PORT });
  await using partition = await lab.impair({ kind: 'partition', from: 'client', to: 'server' });
  await expect(expect(client).toReach(server, { port: PORT, timeoutMs: 500 })).rejects.toThrow(
    'ETIMEDOUT, no answer',
  );
  await partition.heal();
  await expect(client).toReach(server, { port: PORT });
});

test('two matchers see the same packets of a live capture', async () => {
  await using capture = await lab.capture(['server']);
  await connect();
  await expect(capture).toHaveHandshake({ from: client, to: server, port: PORT });
  await expect(expect(capture).not.toHaveHandshake({ from: client, to: server })).rejects.toThrow(
    'there were a SYN, its SYN-ACK and the ACK to that',
  );
});

test('a SYN that is lost is retransmitted, and nothing is where nothing is lost', async () => {
  const ends = { from: client, to: server, port: PORT };
  await using whole = await lab.capture(['client']);
  await connect();
  await whole.stop();
  await expect(whole).not.toHaveRetransmission(ends);

  const names = { from: 'client', to: 'server' };
  await using _loss = await lab.impair({ kind: 'loss', ...names, percent: 100, first: 1 });
  await using capture = await lab.capture(['client']);
  await connect();
  await expect(capture).toHaveRetransmission(ends);
  await expect(expect(capture).not.toHaveRetransmission(ends)).rejects.toThrow(
    /^expected no retransmission from host "client" to host "server" on port 50000\n.*repeats an earlier one:\n.* SYN .*\n.* SYN /,
  );
});

test('a capture without a connection says that none was attempted', async () => {
  await using capture = await lab.capture(['server']);
  await expect(
    expect(capture).toHaveHandshake({ from: client, to: server, withinMs: 200 }),
  ).rejects.toThrow('there was no SYN: no connection was attempted');
});

test('a program that sends nothing has survived nothing', async () => {
  const task = () => undefined;
  await expect(
    expect(task).toSurviveLoss({ from: client, to: server, percent: 100 }),
  ).rejects.toThrow('proved nothing: 0 of 0 packets were lost');
});

test('the failure of a command that does not survive names the losses and the seed', async () => {
  const program = `
    const socket = require('node:net').connect(${PORT}, 'server');
    socket.setTimeout(1000, () => process.exit(1));`;
  const task = () => client.exec(['node', '--eval', program]);
  await expect(
    expect(task).toSurviveLoss({ from: client, to: server, percent: 100, seed: 'seven' }),
  ).rejects.toThrow(
    /packets were lost between "client" and "server" \(seed seven\)\n {2}it ended with exit code/,
  );
  await expect(client).toReach(server, { port: PORT });
});
