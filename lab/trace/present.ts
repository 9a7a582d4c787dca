import { endpointText } from '../endpoint-text.ts';
import type { CallEvent } from '../event.ts';
import type { KernelSocket } from './kernel-sockets.ts';

/** A descriptor of a process that is open on a socket. */
export interface OpenSocket {
  readonly process: CallEvent['process'];
  readonly fd: number;
  readonly inode: string;
}

type Fact = Pick<CallEvent, 'call' | 'arguments' | 'process' | 'socket'> & Partial<CallEvent>;

/**
 * What is already so when a trace begins, in the calls that must have led to it: who listens, who is bound, who is connected
 * to whom. A socket that several processes have is told once.
 */
export function presentFacts(
  opened: readonly OpenSocket[],
  sockets: readonly KernelSocket[],
): Fact[] {
  const byInode = new Map(sockets.map((socket) => [socket.inode, socket]));
  const served = new Set(sockets.filter(isListening).map(({ local }) => local?.port));
  return opened.flatMap(({ process, fd, inode }) => {
    const socket = byInode.get(inode);
    byInode.delete(inode);
    const fact = socket && factOf(socket, served.has(socket.local?.port));
    if (!fact) return [];
    const { protocol, local, remote } = socket;
    const ends = { ...(local && { local }), ...(remote && { remote }) };
    return [{ ...fact, process, socket: { fd, protocol, ...ends } }];
  });
}

const isListening = (socket: KernelSocket) => socket.isListening;

function factOf({ protocol, isListening, local, remote }: KernelSocket, isServed: boolean) {
  if (remote) {
    const call = protocol === 'tcp' && isServed ? 'accept' : 'connect';
    return { call, arguments: endpointText(remote), peer: remote } as const;
  }
  if (!local) return undefined;
  return { call: isListening ? 'listen' : 'bind', arguments: endpointText(local) } as const;
}
