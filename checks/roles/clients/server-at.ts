import type { Context } from '../role.ts';

/**
 * The variables that tell a client of a server that the grader plays.
 *
 * @param isNamed whether SERVER_HOST is a name. That has several addresses, and what a program says where it could connect to none of
 * them is another matter than what it says of one. Default: it is an address.
 */
export function serverAt({ peer: { host } }: Context, port: number, isNamed = false) {
  const SERVER_HOST = isNamed ? host.name : (host.ipv4 ?? '');
  return { SERVER_HOST, SERVER_PORT: String(port) };
}
