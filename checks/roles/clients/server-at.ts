import { endpointText } from '../../../lab/model/endpoint-text.ts';
import type { Context } from '../role.ts';

/** What a client is told of a server that the grader plays. */
export interface ServerAt {
  readonly isNamed: boolean;
  readonly env: { readonly SERVER_HOST: string; readonly SERVER_PORT: string };
  /** Where it is, as in `172.20.0.2:40000`. */
  readonly endpoints: readonly string[];
}

/**
 * @param isNamed whether SERVER_HOST is a name. That has several addresses, and what a program says where it could connect to none of
 * them is another matter than what it says of one. Default: it is an address.
 */
export function serverAt({ peer: { host } }: Context, port: number, isNamed = false): ServerAt {
  const SERVER_HOST = isNamed ? host.name : (host.ipv4 ?? '');
  const endpoints = host.addresses.map((address) => endpointText({ address, port }));
  return { isNamed, env: { SERVER_HOST, SERVER_PORT: String(port) }, endpoints };
}

/** As in `SERVER_HOST=grader and SERVER_PORT=40000`. */
export const toldText = ({ env: { SERVER_HOST, SERVER_PORT } }: ServerAt) =>
  `SERVER_HOST=${SERVER_HOST} and SERVER_PORT=${SERVER_PORT}`;
