import type { Role } from './role.ts';
import { tcpServer } from './tcp-server.ts';
import { udpEchoServer } from './udp-echo-server.ts';

/** The roles that programs can be graded in, by name. */
export const roles: Readonly<Record<string, Role<unknown>>> = Object.fromEntries(
  [tcpServer as Role<unknown>, udpEchoServer as Role<unknown>].map((role) => [role.name, role]),
);
