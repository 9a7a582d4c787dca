import type { Role } from './role.ts';
import { tcpClient } from './tcp-client/tcp-client.ts';
import { tcpServer } from './tcp-server/tcp-server.ts';
import { udpClient } from './udp-client/udp-client.ts';
import { udpEchoServer } from './udp-echo-server/udp-echo-server.ts';

/** The roles that programs can be graded in, by name. */
export const roles: Readonly<Record<string, Role<unknown>>> = Object.fromEntries(
  [tcpServer, tcpClient, udpEchoServer, udpClient].map((role) => [
    role.name,
    role as Role<unknown>,
  ]),
);
