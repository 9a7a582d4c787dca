/** What is asked of every server, whichever protocol it speaks. */
import type { ListeningSocket } from '../../lab/index.ts';
import type { Check } from '../check.ts';
import type { Instance } from '../program/instance.ts';
import { listeningFinding } from './listening.ts';
import { stopFinding, stopHints } from './stopping.ts';

export interface ServerFixture {
  readonly program: Instance;
  /** In milliseconds. */
  readonly deadlines: { readonly listensMs: number; readonly stopMs: number };
  /** Its sockets, once one waits at the port, or when the time for that is up. */
  listening(): Promise<ListeningSocket[]>;
}

export function reachable(protocol: 'tcp' | 'udp', port: number): Check<ServerFixture> {
  return {
    id: 'reachable',
    statement: 'V2',
    layer: 'listens',
    title: 'can be reached from another host',
    why: 'A server that only its own host can reach serves nobody.',
    hints: {
      'not-listening':
        'the program is still at work before it calls listen, or waits for input that never comes.',
      'loopback-only':
        'it binds to 127.0.0.1 or "localhost", where only its own host can reach it. Bind to HOST, which is 0.0.0.0 here.',
      'other-port': 'the port is written into the program. It is in the variable PORT.',
      'ipv6-only': 'the socket is for IPv6 alone. Bind to HOST, which is 0.0.0.0 here.',
      'other-protocol':
        'the socket is SOCK_DGRAM where SOCK_STREAM is needed, or the other way round.',
    },
    run: async ({ listening, deadlines: { listensMs } }) =>
      listeningFinding(await listening(), { protocol, port, waitedMs: listensMs }),
  };
}

export const endsOnSigterm: Check<ServerFixture> = {
  id: 'sigterm',
  statement: 'P4',
  layer: 'stops',
  title: 'ends when it is asked to',
  why: 'Whoever stops it waits for it, and kills it in the end, with all that it has not finished.',
  hints: stopHints,
  run: ({ program, deadlines }) => stopFinding(program.host, deadlines.stopMs),
};
