/** What is asked of every server, whichever protocol it speaks. */
import type { Host, ListeningSocket } from '../../lab/index.ts';
import type { Check } from '../check.ts';
import { listeningFinding } from './listening.ts';
import { stopFinding } from './stopping.ts';

export interface ServerStage {
  readonly program: Host;
  /** In milliseconds. */
  readonly deadlines: { readonly listensMs: number; readonly stopMs: number };
  /** Its sockets, once one waits at the port, or when the time for that is up. */
  listening(): Promise<ListeningSocket[]>;
}

export function reachable(protocol: 'tcp' | 'udp', port: number): Check<ServerStage> {
  return {
    id: 'reachable',
    statement: 'V2',
    layer: 'listens',
    title: 'can be reached from another host',
    why: 'A server that only its own host can reach serves nobody.',
    run: async ({ listening, deadlines: { listensMs } }) =>
      listeningFinding(await listening(), { protocol, port, waitedMs: listensMs }),
  };
}

export const endsOnSigterm: Check<ServerStage> = {
  id: 'sigterm',
  statement: 'P4',
  layer: 'stops',
  title: 'ends when it is asked to',
  why: 'Whoever stops it waits for it, and kills it in the end, with all that it has not finished.',
  run: ({ program, deadlines }) => stopFinding(program, deadlines.stopMs),
};
