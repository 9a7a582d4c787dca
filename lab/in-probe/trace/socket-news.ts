/** What a call reveals about its socket, apart from its effect. */
import type { RawCall } from './open-calls.ts';
import type { KnownSocket, SocketTable } from './socket-table.ts';
import { endpointIn, inodeOf, isWildcard } from './values.ts';

/** Asks the kernel for the endpoints of a socket that is open now. */
export type LookUp = (inode: string) => KnownSocket | undefined;

/** Learns from a call that returned. */
export function learnFrom(call: RawCall, table: SocketTable, lookUp: LookUp): void {
  const inode = call.descriptor?.inode;
  if (call.call === 'socket') learnSocket(call, table);
  else if (inode === undefined) return;
  else if (call.call === 'accept' || call.call === 'accept4') learnAccepted(call, inode, table);
  else if (call.call === 'setsockopt') learnOption(call, inode, table);
  else learnEndpoints(call, inode, table);
  const about = subjectOf(call);
  if (about === undefined || !TELLING.test(call.call) || hasFailed(call)) return;
  const known = table.get(about);
  if (known && !isComplete(known, call.call)) table.learn(about, lookUp(about) ?? {});
}

/** The socket of a call that has returned: of `socket` and `accept`, the new one. */
export function subjectOf({ call, descriptor, outcome }: RawCall): string | undefined {
  const isMaker = call === 'socket' || call === 'accept' || call === 'accept4';
  if (isMaker && outcome?.result !== undefined) return inodeOf(outcome.annotation);
  return descriptor?.inode;
}

/** After these the kernel has given the socket an address. */
const TELLING = /^(accept4?|connect|listen|sendto|sendmsg|sendmmsg)$/;

function isComplete({ local, remote }: KnownSocket, call: string): boolean {
  if (local === undefined) return false;
  if (call.startsWith('accept') || call === 'connect') return !!remote && !isWildcard(local);
  return true;
}

function hasFailed({ outcome }: RawCall): boolean {
  return outcome?.result === undefined && outcome?.error !== 'EINPROGRESS';
}

const SEGMENTS = /, UDP_SEGMENT, \[([0-9]{1,5})\]/;

function learnOption(call: RawCall, inode: string, table: SocketTable): void {
  const bytes = hasFailed(call) ? undefined : SEGMENTS.exec(call.text)?.[1];
  if (bytes !== undefined) table.learn(inode, { segmentBytes: Number(bytes) });
}

const INTERNET = /^AF_INET6?, /;
const STREAM = /, SOCK_STREAM[^,]*, (IPPROTO_IP|IPPROTO_TCP|IPPROTO_MPTCP|0)$/;
const DATAGRAM = /, SOCK_DGRAM[^,]*, (IPPROTO_IP|IPPROTO_UDP|0)$/;

/** The protocol of a call of `socket`, if it is TCP or UDP. */
export function protocolOf(text: string): 'tcp' | 'udp' | undefined {
  if (!INTERNET.test(text)) return undefined;
  if (STREAM.test(text)) return 'tcp';
  return DATAGRAM.test(text) ? 'udp' : undefined;
}

function learnSocket({ text, outcome }: RawCall, table: SocketTable): void {
  const protocol = protocolOf(text);
  const inode = inodeOf(outcome?.annotation ?? '');
  if (protocol && inode) table.replace(inode, { protocol });
}

function learnAccepted({ text, outcome }: RawCall, inode: string, table: SocketTable): void {
  const listening = table.get(inode);
  const accepted = inodeOf(outcome?.annotation ?? '');
  if (!accepted || (!listening && !endpointIn(text))) return;
  const remote = endpointIn(text);
  const { protocol = 'tcp', local } = listening ?? {};
  table.replace(accepted, { protocol, ...(local && { local }), ...(remote && { remote }) });
}

function learnEndpoints(call: RawCall, inode: string, table: SocketTable): void {
  const named = endpointIn(call.text);
  const known = table.get(inode);
  if (hasFailed(call) || (known === undefined && named === undefined)) return;
  if (call.call === 'connect' && /sa_family=AF_UNSPEC/.test(call.text)) {
    table.replace(inode, { ...(known?.protocol && { protocol: known.protocol }) });
  }
  if (named === undefined) return;
  const isRemote = call.call === 'connect' || call.call === 'getpeername';
  if (isRemote) table.learn(inode, { remote: named });
  // Port 0 asks for any port; which one it became is not visible here.
  const isLocal = (call.call === 'bind' && named.port !== 0) || call.call === 'getsockname';
  if (isLocal) table.learn(inode, { local: named });
}
