import type { Role } from './role.ts';
import { tcpServer } from './tcp-server.ts';

/** The roles that programs can be graded in, by name. */
export const roles: Readonly<Record<string, Role<unknown>>> = Object.fromEntries(
  [tcpServer].map((role) => [role.name, role as Role<unknown>]),
);
