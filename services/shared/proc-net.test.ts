import { describe, expect, test } from 'vitest';
import { hasBoundSocket } from './proc-net.ts';

// Recorded in hosts of a lab, where Docker's resolver listens on 127.0.0.11 (0B00007F). Port 50000 is C350.
/** A server on 0.0.0.0, after three conversations. */
const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0B00007F:8A1D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 982164 1 00000000279ee1ca 100 0 0 10 0
   1: 00000000:C350 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 983051 1 00000000eb01cf44 100 0 0 10 0
   2: 020013AC:C350 040013AC:8F00 06 00000000:00000000 03:0000171A 00000000     0        0 0 3 00000000c3781724
   3: 020013AC:C350 040013AC:8EEE 06 00000000:00000000 03:000016F1 00000000     0        0 0 3 00000000e9dd2eb4
   4: 020013AC:C350 040013AC:8EF0 06 00000000:00000000 03:00001706 00000000     0        0 0 3 0000000032f04f8a
`;
/** A server on ::, and its half of a conversation that is open, */
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:C350 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 998543 1 0000000053d18c8f 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:E09C 04 00000001:00000000 01:00000013 00000000  1000        0 997937 2 00000000bfbfb7fb 20 0 0 11 -1
`;
/** and at the same time the table of the other family: the client's half. */
const tcpOfClient = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0B00007F:B04B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 997448 1 000000000f2c6dfb 100 0 0 10 0
   1: 0100007F:E09C 0100007F:C350 08 00000000:00000027 00:00000000 00000000  1000        0 998962 3 00000000556aa8b9 20 4 31 10 -1
`;
/** An echo server on 0.0.0.0. */
const udp = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 9859: 0B00007F:EA47 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 982383 2 00000000cb94def5 0
16268: 00000000:C350 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 982440 2 0000000015af1093 0
`;
/** An echo server on ::, */
const udp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
14732: 00000000000000000000000000000000:C350 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 997908 2 00000000d17cbaff 0
`;
/** and the table of the other family: a client's connected socket. */
const udpOfClient = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
10334: 0B00007F:B222 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 997371 2 000000006f63a418 0
14630: 0100007F:C2EA 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 997992 2 00000000e9f9daf2 0
`;

test.each([
  ['tcp', tcp],
  ['tcp', tcp6],
  ['udp', udp],
  ['udp', udp6],
] as const)('a %s server is found in the table of its family', (protocol, table) => {
  expect(hasBoundSocket(table, protocol, 50_000)).toBe(true);
});

describe('what is not taken for a server', () => {
  test.each([
    ['a port that is one off', tcp, 'tcp', 0xc34f],
    ['a port whose last digits are those of another', tcp, 'tcp', 0x350],
    ["a port that is a server's remote one, 0", udp, 'udp', 0],
    ['the port of a client', tcpOfClient, 'tcp', 0xe09c],
    ['the port that a client is connected to', tcpOfClient, 'tcp', 0xc350],
    ['the port of a connected UDP socket', udpOfClient, 'udp', 0xc2ea],
    ['the port that a UDP socket is connected to', udpOfClient, 'udp', 0xc350],
    ['a UDP port, asked for TCP', udp, 'tcp', 0xc350],
    ['a TCP port, asked for UDP', tcp, 'udp', 0xc350],
  ] as const)('%s', (_what, table, protocol, port) => {
    expect(hasBoundSocket(table, protocol, port)).toBe(false);
  });

  test("Docker's resolver on another port", () => {
    expect(hasBoundSocket(lines(tcp, 0, 1), 'tcp', 50_000)).toBe(false);
    expect(hasBoundSocket(lines(udp, 0, 1), 'udp', 50_000)).toBe(false);
  });

  test('connections in TIME_WAIT, which outlive a server', () => {
    const ended = lines(tcp, 0, 3, 4, 5);
    expect(ended.match(/:C350 /g)).toHaveLength(3);
    expect(hasBoundSocket(ended, 'tcp', 50_000)).toBe(false);
  });

  test('a connection that is open, after the listening socket was closed', () => {
    expect(hasBoundSocket(lines(tcp6, 0, 2), 'tcp', 50_000)).toBe(false);
  });

  test.each([
    '',
    '\n',
    lines(tcp, 0),
    '   1: 00000000:C350',
    '   1: 00000000:C350 00000000:0000 0',
  ])('a table that is empty or cut: %j', (table) => {
    expect(hasBoundSocket(table, 'tcp', 50_000)).toBe(false);
  });
});

test('a low port is found by its four hexadecimal digits', () => {
  expect(hasBoundSocket(tcp.replace('00000000:C350', '00000000:0016'), 'tcp', 22)).toBe(true);
});

function lines(table: string, ...numbers: number[]): string {
  const all = table.split('\n');
  return numbers.map((number) => all[number]).join('\n');
}

test("Docker's own resolver on the same port is not the server", () => {
  expect(hasBoundSocket(tcp, 'tcp', 0x8a1d)).toBe(false);
  expect(hasBoundSocket(udp, 'udp', 0xea47)).toBe(false);
});
