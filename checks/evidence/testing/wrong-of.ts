/** Programs whose events are written by hand, and the step at which they went wrong. */
import type { CallStep, LabEvent } from '../../../lab/index.ts';
import { at, call, endOf } from '../../../lab/timeline/testing/by-hand.ts';
import { CLIENT, handshake, SERVER } from '../../../lab/timeline/testing/connection.ts';
import { timelineOf } from '../../../lab/timeline/testing/recorded.ts';
import type { Finding } from '../../check.ts';
import { wrongStep } from '../wrong-step.ts';

const END_MS = 1000;

/** @param hasEnded whether the program had ended by then */
export function wrongOf(
  host: string,
  events: LabEvent[],
  finding: Partial<Finding>,
  { hasEnded = false, beganMs = 0 } = {},
) {
  const { steps } = timelineOf(events);
  const calls = steps.filter(
    (step): step is CallStep => step.kind === 'call' && step.host === host,
  );
  const all = { code: 'odd', did: 'looked', ...finding };
  return wrongStep({
    steps,
    calls,
    finding: all,
    beganNs: BigInt(at(beganMs)),
    endedNs: BigInt(at(END_MS)),
    hasEnded,
  });
}

const ends = (local: string, remote: string) => ({
  fd: 4,
  protocol: 'tcp' as const,
  local: endOf(local),
  remote: endOf(remote),
});
export const client = ends(CLIENT, SERVER);
export const server = ends(SERVER, CLIENT);
export const bytes = (expected: string, received: string) => ({
  bytes: { expected: Buffer.from(expected), received: Buffer.from(received) },
});
export const receives = (atMs: number, text: string) =>
  call('h1', atMs, {
    call: 'recvfrom',
    arguments: { requestedBytes: 1024 },
    socket: client,
    result: text.length,
    data: { bytes: text.length, preview: text },
  });
export const sends = (atMs: number, text: string, requestedBytes = text.length) =>
  call('h2', atMs, {
    call: 'sendto',
    arguments: { requestedBytes },
    socket: server,
    result: text.length,
    data: { bytes: text.length, preview: text },
  });
export const connected = [
  call('h1', 0, { call: 'connect', peer: endOf(SERVER), socket: client, result: 0 }),
  ...handshake(1, 100),
];
export const accepted = [
  ...handshake(1, 100),
  call('h2', 2, { call: 'accept', peer: endOf(CLIENT), socket: server, result: 4 }),
];
