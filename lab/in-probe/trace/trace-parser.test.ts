import { expect, test } from 'vitest';
import type { CallEvent } from '../../model/event.ts';
import { eventsOf, recording } from './testing/strace-output.ts';
import { TraceParser } from './trace-parser.ts';

test('a server in Python waits for each of its clients', () => {
  expect(inShort(eventsOf(recording('python-tcp-server.strace')))).toEqual([
    'socket(AF_INET, SOCK_STREAM, SOCK_CLOEXEC, IPPROTO_IP) = 3',
    'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) = 0',
    'bind(AF_INET) = 0',
    'listen(128) = 0',
    'accept() …',
    'accept() = 4 172.20.0.9:57900',
    'sendto(38) = 38 "Hello, client! Connection established."',
    'close() = 0',
    'accept() …',
    'accept() = 4 172.20.0.9:57914',
    'sendto(38) = 38 "Hello, client! Connection established."',
    'close() = 0',
  ]);
});

test('of the event loop of a server in Node only its effects are reported', () => {
  expect(inShort(eventsOf(recording('node-tcp-server.strace')))).toEqual([
    'socket(AF_INET6, SOCK_STREAM, SOCK_CLOEXEC, SOCK_NONBLOCK, IPPROTO_IP) = 18',
    'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) = 0',
    'setsockopt(SOL_IPV6, IPV6_V6ONLY, 0) = 0',
    'bind(AF_INET6) = 0',
    'listen(511) = 0',
    'accept() = 19 fdaa:1234:1::a:52682',
    'write(38) = 38 "Hello, client! Connection established."',
    'shutdown(SHUT_WR) = 0',
    'read(65536) = 0 ""',
    'close() = 0',
  ]);
});

test('a client in Node connects without waiting, and asks for the outcome', () => {
  const calls = eventsOf(recording('node-tcp-client.strace')).filter(isTcp);
  expect(inShort(calls.slice(0, 6))).toEqual([
    'socket(AF_INET, SOCK_STREAM, SOCK_CLOEXEC, SOCK_NONBLOCK, IPPROTO_IP) = 18',
    'connect(AF_INET) = EINPROGRESS 172.20.0.4:50000',
    'getsockopt(SOL_SOCKET, SO_ERROR) = 0',
    'read(65536) = 38 "Hello, client! Connection established."',
    'read(65536) = 0 ""',
    'close() = 0',
  ]);
  const refused = eventsOf(recording('node-refused.strace')).filter(isTcp);
  expect(inShort(refused)).toContain('getsockopt(SOL_SOCKET, SO_ERROR, ECONNREFUSED) = 0');
});

test('both ends of a connection are reported with the call that makes it, though that names one or none', () => {
  const [accept] = eventsOf(recording('node-tcp-server.strace')).filter(
    ({ call }) => call === 'accept',
  );
  expect(accept?.socket).toEqual({
    fd: 19,
    protocol: 'tcp',
    local: { address: 'fdaa:1234:1::5', port: 50_000 },
    remote: { address: 'fdaa:1234:1::a', port: 52_682 },
  });
  const connect = eventsOf(recording('node-tcp-client.strace'))
    .filter(isTcp)
    .find(({ call }) => call === 'connect');
  expect(connect?.socket?.local).toEqual({ address: '172.20.0.9', port: 57_900 });
});

test('a datagram is reported with its peer, also with an IPv4-mapped one', () => {
  const server = eventsOf(recording('python-udp-server.strace'));
  expect(inShort(server.slice(2))).toEqual([
    'bind(AF_INET6) = 0',
    'recvfrom(1024) …',
    'recvfrom(1024) = 17 172.20.0.9:51941 "Hello, UDP World!"',
    'sendto(23) = 23 172.20.0.9:51941 "Echo: Hello, UDP World!"',
  ]);
  const client = eventsOf(recording('node-udp-client.strace')).filter(
    ({ process }) => process.pid === 7,
  );
  expect(inShort(client).slice(2)).toEqual([
    'connect(AF_INET) = 0 172.20.0.6:50000',
    'sendmsg(17) = 17 "Hello, UDP World!"',
    'recvmsg(65536) = 23 172.20.0.6:50000 "Echo: Hello, UDP World!"',
    'close() = 0',
  ]);
});

test('a call that waits is reported at once, and under the same id when it returns', () => {
  const parser = new TraceParser({ host: 'h' });
  const beginning = `7 10.000000000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<${hex('socket:[5]')}> <0.000001000>\n`;
  const [, begun] = [
    parser.push(beginning),
    parser.push(`7 10.000001000 accept4(3<${hex('socket:[5]')}>, `),
  ];
  expect(begun).toEqual([]);
  expect(parser.tick(10_005_000_000n)).toEqual([]);
  const [waiting] = parser.tick(10_011_000_000n);
  expect(waiting).toMatchObject({ stage: 'waiting', call: 'accept', atNs: '10000001000' });
  expect(parser.tick(10_030_000_000n)).toEqual([]);
  const end = `{sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("${hex('192.0.2.1')}")}, [16], 0) = 4<${hex('socket:[6]')}> <0.050000000>\n`;
  parser.push(end);
  const [returned] = parser.end();
  expect(returned).toMatchObject({ stage: 'returned', id: waiting?.id, tookNs: 50_000_000 });
  expect(returned?.peer).toEqual({ address: '192.0.2.1', port: 9 });
});

const socket = `<${hex('socket:[5]')}>`;
const made = `7 1.000000000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3${socket} <0.000001000>`;

test('a call that a signal interrupts is reported once, from its beginning to its end', () => {
  const events = eventsOf(
    [
      made,
      `7 2.000000000 recvfrom(3${socket}, 0x7ffd, 10, 0, NULL, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <1.000000000>`,
      `7 3.000000000 recvfrom(3${socket}, "${hex('hi')}", 10, 0, NULL, NULL) = 2 <0.500000000>`,
    ].join('\n'),
  );
  expect(inShort(events).slice(1)).toEqual(['recvfrom(10) …', 'recvfrom(10) = 2 "hi"']);
  expect(events.at(-1)).toMatchObject({ atNs: '2000000000', tookNs: 1_500_000_000 });
});

test('EAGAIN of a read is left out, and of a write is not', () => {
  const again = '-1 EAGAIN (Resource temporarily unavailable) <0.000010000>';
  const events = eventsOf(
    [
      made,
      `7 2.000000000 read(3${socket}, 0x7ffd, 10) = ${again}`,
      `7 3.000000000 write(3${socket}, "${hex('a')}", 1) = ${again}`,
    ].join('\n'),
  );
  expect(inShort(events).slice(1)).toEqual(['write(1) = EAGAIN']);
});

test('a server is known for what it is however many clients it has had', () => {
  const parser = new TraceParser({ host: 'h' });
  parser.push(`${made}\n`);
  let accepted = 0;
  for (let client = 0; client < 10_000; client += 1) {
    const made = `4<${hex(`socket:[${100 + client}]`)}>`;
    const line = `7 2.000000000 accept4(3${socket}, NULL, NULL, SOCK_CLOEXEC) = ${made} <0.000001000>\n`;
    accepted += parser.push(line).filter(({ call }) => call === 'accept').length;
  }
  accepted += parser.end().filter(({ call }) => call === 'accept').length;
  expect(accepted).toBe(10_000);
});

test('a connection that is silent is known for what it is however many have come and gone', () => {
  const parser = new TraceParser({ host: 'h' });
  parser.push(`${made}\n`);
  for (let other = 0; other < 10_000; other += 1) {
    const name = `4<${hex(`socket:[${100 + other}]`)}>`;
    parser.push(`7 2.000000000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = ${name} <0.000001000>\n`);
    parser.push(`7 2.000000000 close(${name}) = 0 <0.000001000>\n`);
  }
  const write = `7 3.000000000 write(3${socket}, "${hex('a')}", 1) = 1 <0.000001000>\n`;
  expect(inShort(parser.push(write))).toEqual(['write(1) = 1 "a"']);
});

test('a socket that one process has closed can still be used by another', () => {
  const parser = new TraceParser({ host: 'h' });
  const close = `7 2.000000000 close(3${socket}) = 0 <0.000001000>`;
  const write = `8 3.000000000 write(3${socket}, "${hex('a')}", 1) = 1 <0.000001000>`;
  const told = parser.push([made, close, write, close, ''].join('\n'));
  expect(inShort(told).slice(1)).toEqual(['close() = 0', 'write(1) = 1 "a"', 'close() = 0']);
});

test('a process that executes another program has the new name, even if other calls come in between', () => {
  let name = 'sh';
  const parser = new TraceParser({ host: 'h', processOf: (pid) => ({ pid, name }) });
  const names = (line: string) => parser.push(`${line}\n`).map((event) => event.process.name);
  const call = `7 3.000000000 write(3${socket}, "${hex('a')}", 1) = 1 <0.000001000>`;
  expect(names(made)).toEqual(['sh']);
  expect(names('7 2.000000000 execve("x", ["x"], 0x7f /* 3 vars */ <unfinished ...>')).toEqual([]);
  expect(names(`8 2.100000000 write(3${socket}, "${hex('a')}", 1) = 1 <0.000001000>`)).toEqual([
    'sh',
  ]);
  name = 'python3';
  expect(names('7 2.200000000 <... execve resumed>) = 0 <0.200000000>')).toEqual([]);
  expect(names(call)).toEqual(['python3']);
});

test('a splice is reported with its socket, at whichever end, and by its direction', () => {
  const pipe = `<${hex('pipe:[9]')}>`;
  const [, out, into] = eventsOf(
    [
      made,
      `7 2.000000000 splice(5${pipe}, NULL, 3${socket}, NULL, 100, SPLICE_F_MOVE) = 40 <0.000001000>`,
      `7 3.000000000 splice(3${socket}, NULL, 6${pipe}, NULL, 65536, 0) = 7 <0.000001000>`,
      `7 4.000000000 splice(3${socket}, NULL, 6${pipe}, NULL, 9, 0) = -1 EAGAIN (x) <0.000001000>`,
      `7 5.000000000 splice(5${pipe}, NULL, 6${pipe}, NULL, 9, 0) = 9 <0.000001000>`,
    ].join('\n'),
  );
  expect(inShort([out, into].flatMap((event) => event ?? []))).toEqual([
    'splice(100) = 40 ""',
    'splice(65536) = 7 ""',
  ]);
  expect(out).toMatchObject({ direction: 'out', socket: { fd: 3 }, data: { bytes: 40 } });
  expect(into).toMatchObject({ direction: 'in', socket: { fd: 3 }, data: { bytes: 7 } });
});

test('the use of io_uring is reported once per process, when it succeeds', () => {
  const parser = new TraceParser({ host: 'h' });
  const ring = `4<${hex('anon_inode:[io_uring]')}>`;
  const setup = (tid: number, end: string) =>
    `${tid} 2.000000000 io_uring_setup(8, 0x7ffd) = ${end} <0.000001000>\n`;
  const enter = `7 3.000000000 io_uring_enter(${ring}, 1, 1, 0, NULL, 8) = 1 <0.000001000>\n`;
  const told = [setup(8, '-1 EPERM (x)'), setup(7, ring), enter, enter].flatMap((line) =>
    parser.push(line),
  );
  expect(told.map(({ call, process }) => [call, process.pid])).toEqual([['io_uring', 7]]);
  expect(parser.noteRing(7)).toBe(false);
});

test('files, pipes and sockets of other kinds are left out', () => {
  const unix = `7 1.000000000 socket(AF_UNIX, SOCK_STREAM, 0) = 4<${hex('socket:[6]')}> <0.000001000>`;
  const file = `7 1.100000000 read(5<${hex('/etc/hosts')}>, "${hex('127')}", 3) = 3 <0.000001000>`;
  const write = `7 1.200000000 write(4<${hex('socket:[6]')}>, "${hex('a')}", 1) = 1 <0.000001000>`;
  expect(eventsOf([unix, file, write].join('\n'))).toEqual([]);
});

test('bytes of a peer can neither drive a terminal nor look like a part of the line', () => {
  const evil = '\u001b[2J\u202e) = 0 <unfinished ...>\n';
  const [, read] = eventsOf(
    [
      made,
      `7 2.000000000 read(3${socket}, "${hex(evil)}", 99) = ${Buffer.byteLength(evil)} <0.000001000>`,
    ].join('\n'),
  );
  expect(read?.data?.preview).toBe('\\x1b[2J\\u{202e}) = 0 <unfinished ...>\\n');
});

/** As in `accept() = 4 192.0.2.1:9`; with `…` while it waits. */
function inShort(events: readonly CallEvent[]): string[] {
  return events.map(({ call, arguments: given, stage, result, error, peer, data }) => {
    const isNamed = peer && call !== 'bind';
    const outcome = [
      stage === 'waiting' ? '…' : `= ${result ?? error}`,
      isNamed && `${peer.address}:${peer.port}`,
      data && `"${data.preview}"`,
    ];
    return [`${call}(${valuesIn(given).join(', ')})`, ...outcome.filter(Boolean)].join(' ');
  });
}

/** The values of arguments, as deep as they are, without the kinds of values. */
function valuesIn(given: object): unknown[] {
  const { kind: _kind, ...values } = given as Record<string, unknown>;
  return Object.values(values).flatMap((value) =>
    typeof value === 'object' && value !== null ? valuesIn(value) : [value],
  );
}

function isTcp({ socket: about }: CallEvent): boolean {
  return about?.protocol === 'tcp';
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '\\x$&');
}
