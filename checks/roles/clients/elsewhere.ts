import type { CallEvent } from '../../../lab/index.ts';
import { endpointText } from '../../../lab/model/endpoint-text.ts';
import type { Finding } from '../../check.ts';
import type { ServerAt } from './server-at.ts';

/** Where names are looked up. */
export const DNS_PORT = 53;
/** What `inet_addr` returns for a name, and what an address holds that `inet_pton` wrote nothing to. */
const NO_ADDRESS = /^(?:255\.255\.255\.255|0\.0\.0\.0|\[::\]):/;

interface Met {
  readonly did: string;
  readonly server: ServerAt;
  readonly protocol: 'tcp' | 'udp';
}

/** Where a client has gone, in place of the server that it was told of. */
export function elsewhereFinding(
  calls: readonly CallEvent[],
  { did, server, protocol }: Met,
): Finding | undefined {
  const others = destinations(calls, protocol).filter((one) => !server.endpoints.includes(one));
  if (others.length === 0) return undefined;
  const isNoAddress = server.isNamed && others.every((one) => NO_ADDRESS.test(one));
  const tried = protocol === 'tcp' ? 'connect' : 'send';
  const found = `it tried to ${tried} to ${others.join(', ')}`;
  return { code: isNoAddress ? 'no-address' : 'other-server', did, found };
}

/** Where a client has connected to over TCP, or sent datagrams to, each once, as in `127.0.0.1:50000`; name servers are left out. */
function destinations(calls: readonly CallEvent[], protocol: 'tcp' | 'udp'): string[] {
  const talks = protocol === 'tcp' ? /^connect$/ : /^(?:send|write)/;
  const found = calls.flatMap(({ call, socket, peer = socket?.remote }) =>
    socket?.protocol === protocol && talks.test(call) && peer && peer.port !== DNS_PORT
      ? endpointText(peer)
      : [],
  );
  return [...new Set(found)];
}
