import { expect, test } from 'vitest';
import { parseSockets } from './listening-sockets.ts';

const LISTED = `
udp UNCONN 0      0            0.0.0.0:5     0.0.0.0:* ino:30 sk:92 cgroup:/ <-> skmem:(r0,rb212992,t0,tb212992,f4096,w0,o0,bl0,d17)
udp UNCONN 0      0               [::]:6        [::]:* ino:31 sk:93 cgroup:/ v6only:1 <->
udp UNCONN 0      0         127.0.0.11:41237 0.0.0.0:* ino:33 sk:99 cgroup:/ <->
tcp LISTEN 0      511        127.0.0.1:1     0.0.0.0:* ino:26 sk:96 cgroup:/ <->
tcp LISTEN 0      511                *:3           *:* ino:28 sk:98 cgroup:/ v6only:0 <->
tcp LISTEN 0      511  [fe80::1]%eth0:4        [::]:* ino:29 sk:90 cgroup:/ v6only:1 <->
`;

test('what ss lists is read, but for the name server of Docker', () => {
  const lines = parseSockets(LISTED).map(
    ({ protocol, address, port, isIPv6Only, dropped }) =>
      `${protocol} ${address} ${port}${isIPv6Only ? ' only' : ''}${dropped ? ` ${dropped}` : ''}`,
  );
  expect(lines).toEqual([
    'udp 0.0.0.0 5 17',
    'udp :: 6 only',
    'tcp 127.0.0.1 1',
    'tcp :: 3',
    'tcp fe80::1 4 only',
  ]);
});
