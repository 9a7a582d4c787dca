import type { CallEvent, Endpoint, TcpState } from './event.ts';

/** A socket as the kernel has it. */
export interface KernelSocket {
  readonly inode: string;
  readonly protocol: 'tcp' | 'udp';
  readonly local?: Endpoint | undefined;
  readonly remote?: Endpoint | undefined;
  /** Missing over UDP. */
  readonly state?: TcpState;
  /** Bytes that the program has sent and the peer has not acknowledged. */
  readonly unacknowledgedBytes: number;
  /** Bytes that have arrived and the program has not read; of a listening socket, connections that wait for `accept`. */
  readonly unread: number;
}

/** A descriptor of a process that refers to a socket. */
export interface OpenSocket {
  readonly process: CallEvent['process'];
  readonly fd: number;
  readonly inode: string;
}

type Fact = Pick<CallEvent, 'call' | 'arguments' | 'process' | 'socket'> & Partial<CallEvent>;

/**
 * The sockets that are open when a trace begins, as the calls that must have led to their state: `listen`, `bind`, `connect`,
 * `accept`. A socket that several processes have open is reported once.
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
    return [{ ...fact, ...stateOf(socket), process, socket: { fd, protocol, ...ends } }];
  });
}

const isListening = ({ state }: KernelSocket) => state === 'LISTEN';

function factOf(socket: KernelSocket, isServed: boolean) {
  const { protocol, state, local, remote } = socket;
  if (remote) {
    const isAccepted = protocol === 'tcp' && isServed && state !== 'SYN-SENT';
    const call = isAccepted ? 'accept' : 'connect';
    return { call, arguments: {}, peer: remote } as const;
  }
  if (!local) return undefined;
  return { call: isListening(socket) ? 'listen' : 'bind', arguments: {} } as const;
}

function stateOf(socket: KernelSocket) {
  const { state, unread, unacknowledgedBytes } = socket;
  if (state === undefined) return undefined;
  if (isListening(socket)) return { state };
  const unreadBytes = unread - (hasGotFin.has(state) ? 1 : 0);
  const sending = unacknowledgedBytes - (hasUnacknowledged.has(state) ? 1 : 0);
  return {
    state,
    ...(unreadBytes > 0 && { unreadBytes }),
    ...(sending > 0 && { unacknowledgedBytes: sending }),
  };
}

/** By their numbers in include/net/tcp_states.h. */
export const TCP_STATES: readonly (TcpState | undefined)[] = [
  ...([undefined, 'ESTABLISHED', 'SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'FIN-WAIT-2'] as const),
  ...(['TIME-WAIT', 'CLOSED', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING'] as const),
  'SYN-RECEIVED',
];

/** SYN and FIN occupy a sequence number each, as a byte does (RFC 9293, section 3.4), and the kernel counts them. */
const hasUnacknowledged: ReadonlySet<TcpState> = new Set([
  ...(['SYN-SENT', 'SYN-RECEIVED'] as const),
  ...(['FIN-WAIT-1', 'CLOSING', 'LAST-ACK'] as const),
]);
const hasGotFin: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK']);
