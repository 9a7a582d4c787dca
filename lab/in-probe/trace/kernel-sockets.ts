/** The kernel's lists of sockets: `/proc/net/tcp` and others (proc_net(5)). */
import { SocketAddress } from 'node:net';
import type { Endpoint } from '../../model/event.ts';
import { type KernelSocket, TCP_STATES } from '../../model/present-sockets.ts';
import { endpoint } from './values.ts';

type ListName = 'tcp' | 'tcp6' | 'udp' | 'udp6';

export const LISTS: readonly ListName[] = ['tcp', 'tcp6', 'udp', 'udp6'];

/** Number, endpoints, state, queues; then timer, retransmissions, user and timeout; then the inode. */
const ROW =
  /^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]{8}):([0-9A-F]{8}) \S+ +\S+ +\d+ +\d+ (\d+)/;
/** The sockets of a list, without those that no process has open any more, as in TIME-WAIT. */
export function readList(name: ListName, text: string): KernelSocket[] {
  return text.split('\n').flatMap((row) => readRow(name, row) ?? []);
}

/** The row of one socket, found without reading the others. */
export function findInList(name: ListName, text: string, inode: string): KernelSocket | undefined {
  const at = text.indexOf(` ${inode} `);
  if (at < 0) return undefined;
  const end = text.indexOf('\n', at);
  const row = readRow(name, text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end));
  return row?.inode === inode ? row : undefined;
}

function readRow(name: ListName, row: string): KernelSocket | undefined {
  const [, localAddress = '', localPort, remoteAddress = '', remotePort, ...rest] =
    ROW.exec(row) ?? [];
  const [state = '', sending = '', received = '', inode = '0'] = rest;
  if (inode === '0') return undefined;
  const local = endpointOf(localAddress, localPort);
  const remote = endpointOf(remoteAddress, remotePort);
  const protocol = name.startsWith('tcp') ? 'tcp' : 'udp';
  const tcpState = protocol === 'tcp' && TCP_STATES[Number.parseInt(state, 16)];
  return {
    inode,
    protocol,
    ...(tcpState && { state: tcpState }),
    unacknowledgedBytes: Number.parseInt(sending, 16),
    unread: Number.parseInt(received, 16),
    ...(local && { local }),
    ...(remote && { remote }),
  };
}

/** Undefined for port 0, which means none. */
function endpointOf(address: string, port = '0'): Endpoint | undefined {
  const number = Number.parseInt(port, 16);
  return number === 0 ? undefined : endpoint(addressOf(address), number);
}

/** The kernel prints each 32 bits as a number, so that on a little-endian machine the bytes are reversed. */
function addressOf(hexadecimal: string): string {
  const bytes = Buffer.from(hexadecimal, 'hex').swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = bytes.toString('hex').match(/.{4}/g) ?? [];
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}
