import { expect, test } from 'vitest';
import { SYSTEM_CALLS } from '../../model/system-calls.ts';
import { HostCalls } from './host-calls.ts';
import type { CallRecord, ProcessRecord, SocketFacts } from './record.ts';

const EPOCH_NS = 1_800_000_000_000_000_000n;
const RESTART = -512;

const socket = (given: Partial<SocketFacts> = {}): SocketFacts => ({
  ...{ fd: 3, inode: '77', protocol: 'tcp', state: 1, segmentBytes: 0 },
  ...{ unread: 0, unacknowledgedBytes: 0 },
  ...given,
});

function record(system: string, beganNs: number, given: Partial<CallRecord> = {}): CallRecord {
  return {
    ...{ kind: 'returned', host: 1, pid: 7, tid: 100, tookNs: 1000, result: 0, family: 0 },
    ...{
      beganNs: BigInt(beganNs),
      atNs: EPOCH_NS + BigInt(beganNs),
      arguments: [3, 0, 0, 0, 0, 0],
    },
    ...{
      data: Buffer.alloc(0),
      messages: [],
      segmentBytes: 0,
      requestedBytes: 0,
      socket: socket(),
    },
    call: SYSTEM_CALLS.findIndex((one) => one.system === system),
    ...given,
  };
}

const process = (pid: number, command: string[], ancestors: number[] = []): ProcessRecord => ({
  ...{ kind: 'process', host: 1, name: 'comm', pid, command, ancestors },
});

test('a call that the kernel restarts after a signal is one call, from its first beginning on', () => {
  const calls = new HostCalls('host', []);
  const [waits] = calls.read(record('accept4', 1000, { kind: 'waiting' }));
  expect(calls.read(record('accept4', 1000, { result: RESTART }))).toEqual([]);
  expect(calls.read(record('accept4', 5000, { kind: 'waiting' }))).toEqual([]);
  const [returned] = calls.read(record('accept4', 5000, { result: 9, tookNs: 700 }));
  expect(returned).toMatchObject({ id: waits?.id, atNs: waits?.atNs, result: 9, tookNs: 4700 });
});

test('a call that was restarted before it was told waits since its first beginning', () => {
  const calls = new HostCalls('host', []);
  calls.read(record('recvfrom', 1000, { result: RESTART }));
  const [waits] = calls.read(record('recvfrom', 5000, { kind: 'waiting' }));
  expect(waits).toMatchObject({ stage: 'waiting', atNs: `${EPOCH_NS + 1000n}` });
  expect(waits?.error).toBeUndefined();
});

test('a call in which its thread was killed is told as waiting, once, when its host has ended', () => {
  const calls = new HostCalls('host', []);
  calls.read(record('accept4', 1000, { result: RESTART }));
  calls.read(record('recvfrom', 1000, { tid: 101, kind: 'waiting' }));
  calls.read(record('recvfrom', 1000, { tid: 101, result: RESTART }));
  expect(calls.end()).toMatchObject([{ call: 'accept', stage: 'waiting' }]);
});

test('a call that is told as waiting twice is one event', () => {
  const calls = new HostCalls('host', []);
  const waiting = record('accept4', 1000, { kind: 'waiting' });
  expect([...calls.read(waiting), ...calls.read(waiting)]).toHaveLength(1);
});

test('a call whose end was missed is not taken for the next one', () => {
  const calls = new HostCalls('host', []);
  const [waits] = calls.read(record('accept4', 1000, { kind: 'waiting' }));
  const [next] = calls.read(record('accept4', 9000, { result: 5 }));
  expect(next?.id).not.toBe(waits?.id);
});

test('a health check is left out, with all that it starts', () => {
  const calls = new HostCalls('host', ['CMD-SHELL', 'curl localhost']);
  calls.note(process(20, ['/bin/sh', '-c', 'curl localhost']));
  calls.note(process(21, ['curl', 'localhost'], [20]));
  calls.note(process(22, ['resolver'], [21, 20]));
  calls.note(process(7, ['curl', 'elsewhere'], [1]));
  const pids = [20, 21, 22, 7].flatMap((pid) => calls.read(record('close', pid, { pid })));
  expect(pids.map((event) => event.process)).toEqual([{ pid: 7, name: 'curl' }]);
  calls.note(process(22, ['server'], [1]));
  expect(calls.read(record('close', 99, { pid: 22 }))).toHaveLength(1);
});

test('a program chooses its name, but not how it is shown', () => {
  const calls = new HostCalls('host', []);
  calls.note(process(7, [`/bin/\u001b[31m${'x'.repeat(100)}`]));
  calls.note(process(8, []));
  const names = [7, 8].flatMap((pid) => calls.read(record('close', pid, { pid })));
  expect(names[0]?.process.name).toMatch(/^x{20,64}$/);
  expect(names[1]?.process.name).toBe('comm');
});

test('the use of io_uring is told once for each process', () => {
  const calls = new HostCalls('host', []);
  const ring = (pid: number, result: number) =>
    calls.read(record('io_uring_enter', pid + result, { pid, result, socket: undefined }));
  expect(ring(7, -22)).toEqual([]);
  expect(ring(7, 1)).toMatchObject([
    { call: 'io_uring', arguments: { systemCall: 'io_uring_enter' } },
  ]);
  expect(ring(7, 2)).toEqual([]);
  expect(ring(8, 1)).toHaveLength(1);
});

test('sockets that are there when the trace begins are told as what led to them', () => {
  const calls = new HostCalls('host', []);
  const local = { address: '10.0.0.2', port: 80 };
  const remote = { address: '10.0.0.3', port: 5000 };
  const accepted = socket({
    inode: '2',
    fd: 4,
    state: 8,
    local,
    remote,
    unread: 6,
    unacknowledgedBytes: 2,
  });
  const sockets = [
    socket({ inode: '1', state: 10, local }),
    accepted,
    // Another descriptor of it, and one whose connection is over.
    { ...accepted, fd: 5 },
    socket({ inode: '3', fd: 6, state: 7, local }),
  ];
  const present = sockets.map((one) =>
    record('socket', 1000, { kind: 'present', socket: one, tookNs: 50 }),
  );
  const ring = record('io_uring_setup', 1000, { kind: 'present', pid: 8, socket: undefined });
  expect(calls.present([...present, ring])).toMatchObject([
    { call: 'listen', stage: 'present', state: 'LISTEN', socket: { fd: 3, local } },
    { call: 'accept', state: 'CLOSE-WAIT', peer: remote, unreadBytes: 5, unacknowledgedBytes: 2 },
    { call: 'io_uring', process: { pid: 8 }, atNs: `${EPOCH_NS + 1000n}` },
  ]);
});
