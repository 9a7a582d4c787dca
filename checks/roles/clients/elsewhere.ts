import type { CallEvent } from '../../../lab/index.ts';
import { endpointText } from '../../../lab/model/endpoint-text.ts';

/** Where names are looked up. */
const DNS_PORT = 53;

/** Where a client has connected to over TCP, or sent datagrams to, each once, as in `127.0.0.1:50000`; name servers are left out. */
export function destinations(calls: readonly CallEvent[], protocol: 'tcp' | 'udp'): string[] {
  const talks = protocol === 'tcp' ? /^connect$/ : /^(?:send|write)/;
  const found = calls.flatMap(({ call, socket, peer = socket?.remote }) =>
    socket?.protocol === protocol && talks.test(call) && peer && peer.port !== DNS_PORT
      ? endpointText(peer)
      : [],
  );
  return [...new Set(found)];
}
