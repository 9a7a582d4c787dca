import { expect, test } from 'vitest';
import { endpointText } from '../../model/endpoint-text.ts';
import { presentFacts } from '../../model/present-sockets.ts';
import { findInList, readList } from './kernel-sockets.ts';

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0B00007F:98E5 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3158286 1 0000000000000000 100 0 0 10 0
   1: 00000000:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 3158324 1 0000000000000000 100 0 0 10 0
   2: 020014AC:C350 040014AC:9AB6 01 00000000:00000000 00:00000000 00000000  1000        0 3158400 1 0000000000000000 20 4 30 10 -1
   3: 020014AC:8235 040014AC:9AB6 06 00000000:00000000 03:00000F3E 00000000     0        0 0 3 0000000000000000
`;
const udp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  7: 00000000000000000000000000000000:C350 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 42 2 0000000000000000 0
  8: 3412AAFD000001000000000003000000:1388 3412AAFD000001000000000004000000:C350 01 00000000:00000000 00:00000000 00000000  1000        0 43 2 0000000000000000 0
`;

const EMPTY = { unacknowledgedBytes: 0, unread: 0 };

test("the kernel's socket lists are read, without sockets that no process has", () => {
  expect(readList('tcp', tcp)).toEqual([
    {
      inode: '3158286',
      protocol: 'tcp',
      state: 'LISTEN',
      ...EMPTY,
      local: { address: '127.0.0.11', port: 39_141 },
    },
    {
      inode: '3158324',
      protocol: 'tcp',
      state: 'LISTEN',
      ...EMPTY,
      local: { address: '0.0.0.0', port: 50_000 },
    },
    {
      inode: '3158400',
      protocol: 'tcp',
      state: 'ESTABLISHED',
      ...EMPTY,
      local: { address: '172.20.0.2', port: 50_000 },
      remote: { address: '172.20.0.4', port: 39_606 },
    },
  ]);
  expect(readList('udp6', udp6).map(({ local, remote }) => [local, remote])).toEqual([
    [{ address: '::', port: 50_000 }, undefined],
    [
      { address: 'fdaa:1234:1::3', port: 5000 },
      { address: 'fdaa:1234:1::4', port: 50_000 },
    ],
  ]);
});

test('a socket is found by its inode, compared as a whole', () => {
  expect(findInList('tcp', tcp, '3158400')?.remote?.port).toBe(39_606);
  expect(findInList('tcp', tcp, '315840')).toBeUndefined();
  expect(findInList('tcp', 'a 1 b', '1')).toBeUndefined();
});

test('a socket that exists already is reported once, as the call that led to its state', () => {
  const process = { pid: 7 };
  const opened = ['3158324', '3158400', '42', '43', '3158324', '1'].map((inode, n) => ({
    process,
    fd: n + 3,
    inode,
  }));
  const facts = presentFacts(opened, [...readList('tcp', tcp), ...readList('udp6', udp6)]);
  expect(
    facts.map(({ call, socket }) => {
      const { fd, local, remote } = socket ?? {};
      return `${fd} ${call} ${endpointText(remote ?? local ?? { address: '', port: 0 })}`;
    }),
  ).toEqual([
    '3 listen 0.0.0.0:50000',
    '4 accept 172.20.0.4:39606',
    '5 bind [::]:50000',
    '6 connect [fdaa:1234:1::4]:50000',
  ]);
});

test.each([
  ['01', '00000007:00000005', { state: 'ESTABLISHED', unacknowledgedBytes: 7, unreadBytes: 5 }],
  ['02', '00000001:00000000', { state: 'SYN-SENT', call: 'connect' }],
  ['03', '00000000:00000000', { state: 'SYN-RECEIVED' }],
  ['04', '00000004:00000000', { state: 'FIN-WAIT-1', unacknowledgedBytes: 3 }],
  ['05', '00000000:00000000', { state: 'FIN-WAIT-2' }],
  ['08', '00000000:00000001', { state: 'CLOSE-WAIT' }],
  ['08', '00000000:00000006', { state: 'CLOSE-WAIT', unreadBytes: 5 }],
  ['09', '00000001:00000000', { state: 'LAST-ACK' }],
  ['0B', '00000001:00000001', { state: 'CLOSING' }],
] as const)(
  'a socket in state %s with the queues %s is reported correctly',
  (state, queues, wanted) => {
    const row = tcp.split('\n').find((line) => line.includes(' 01 ')) ?? '';
    const list = row.replace(' 01 00000000:00000000', ` ${state} ${queues}`);
    const opened = [{ process: { pid: 7 }, fd: 3, inode: '3158400' }];
    const [fact] = presentFacts(opened, readList('tcp', list));
    const { state: told, unacknowledgedBytes, unreadBytes } = fact ?? {};
    const { call = fact?.call, ...rest } = { call: undefined, ...wanted };
    expect(fact?.call).toBe(call);
    expect({ state: told, unacknowledgedBytes, unreadBytes }).toEqual({
      unacknowledgedBytes: undefined,
      unreadBytes: undefined,
      ...rest,
    });
  },
);
