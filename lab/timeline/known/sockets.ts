import { endpointText } from '../../model/endpoint-text.ts';
import type { CallEvent, Endpoint } from '../../model/event.ts';
import { datagramSizes, messagesOf, type PartialMessage } from '../../model/messages.ts';
import { LruMap } from '../../util/lru-map.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import type { Socket } from '../records/socket.ts';
import { WaitingLists } from './waiting-lists.ts';

/** Descriptors that are tracked: programs may end without closing theirs. */
const SOCKETS_MAX = 10_000;
/** A listening socket is hardly used itself, as `accept` returns new ones, and lasts as long as its server. */
const LISTENING_MAX = 1024;

/** A message that a call gave to the kernel, and how many of its datagrams have left. */
export interface Sending {
  readonly call: CallRecord;
  /** Which message of the call. */
  readonly at: number;
  taken: number;
}

export function messageOf({ call, at }: Sending): PartialMessage {
  return messagesOf(call.call)[at] ?? {};
}

/** Which socket a call was made on, and which calls wait for the datagrams that they made the kernel send. */
export class Sockets {
  readonly #open = new LruMap<string, Socket>(SOCKETS_MAX);
  readonly #listening = new LruMap<string, Socket>(LISTENING_MAX);
  readonly #unexplained = new WaitingLists<PacketRecord>(({ isForgotten }) => isForgotten);
  readonly #datagrams = new WaitingLists<Sending>(({ call }) => call.isForgotten);

  /** The socket of a call, updated by what the call shows; a new one where it was not known. */
  of(call: CallEvent): Socket | undefined {
    const { socket } = call;
    const key = keyOf(call);
    if (key === undefined) return undefined;
    // After a restart, a host's processes and descriptors may have the same numbers again.
    if (call.call === 'socket' || call.stage === 'present') this.#forget(key);
    const known = this.#open.get(key) ?? this.#listening.get(key) ?? this.#begin(key);
    known.protocol ??= socket?.protocol;
    if (socket?.local && isSpecified(socket.local)) known.local = plain(socket.local);
    else if (socket?.local) known.local ??= plain(socket.local);
    if (socket?.remote) known.remote = plain(socket.remote);
    return known;
  }

  /** The descriptor was returned anew by `accept`, or released by `close`. */
  end(call: CallEvent): void {
    const key = keyOf(call);
    if (key !== undefined) this.#forget(key);
  }

  /** Its socket is a server's. */
  onListen(call: CallEvent): void {
    const key = keyOf(call);
    const socket = this.of(call);
    if (key === undefined || socket === undefined) return;
    socket.isListening = true;
    this.#open.delete(key);
    this.#listening.set(key, socket);
  }

  /** Each message of a call becomes one datagram or several. */
  waitForDatagrams(call: CallRecord, peer: Endpoint | undefined): void {
    for (const [at, message] of messagesOf(call.call).entries()) {
      const to = message.peer ?? peer;
      if (to)
        this.#datagrams.add(`${call.network} ${endpointText(plain(to))}`, { call, at, taken: 0 });
    }
  }

  /** The oldest one that may have sent this datagram. */
  findSend(host: string, to: Endpoint, is: (sending: Sending) => boolean): Sending | undefined {
    return this.#datagrams.find(`${host} ${endpointText(to)}`, is);
  }

  /** One of its datagrams has left: after the last one, it is not kept any longer. */
  take(sending: Sending, to: Endpoint): void {
    sending.taken += 1;
    if (sending.taken < (datagramSizes(messageOf(sending))?.length ?? 1)) return;
    this.#datagrams.take(`${sending.call.network} ${endpointText(to)}`, (one) => one === sending);
  }

  /** Its call has not been reported yet. */
  waitForCall(datagram: PacketRecord, to: Endpoint): void {
    this.#unexplained.add(`${datagram.from} ${endpointText(to)}`, datagram);
  }

  /** A datagram to this peer that waited for its call, and was sent by this one; it waits no longer. */
  takeDatagram(
    { network, beganNs }: CallRecord,
    to: Endpoint,
    is: (datagram: PacketRecord) => boolean,
  ): PacketRecord | undefined {
    return this.#unexplained.take(`${network} ${endpointText(plain(to))}`, (datagram) => {
      const leftNs = (datagram.departure ?? datagram.arrival)?.ns ?? 0;
      return leftNs >= beganNs && is(datagram);
    });
  }

  #begin(key: string): Socket {
    const socket: Socket = { isListening: false, early: [] };
    this.#open.set(key, socket);
    return socket;
  }

  #forget(key: string): void {
    this.#open.delete(key);
    this.#listening.delete(key);
  }
}

/** A descriptor of a process. */
function keyOf({ host, process, socket, call, result }: CallEvent): string | undefined {
  const fd = call === 'socket' ? result : socket?.fd;
  return fd === undefined ? undefined : `${host} ${process.pid} ${fd}`;
}

/** An IPv4 peer of an IPv6 socket is known by its IPv4 address on the wire (RFC 4291, section 2.5.5.2). */
export function plain({ address, port }: Endpoint): Endpoint {
  const address4 = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  return { address: address4, port };
}

export function isSpecified({ address, port }: Endpoint): boolean {
  return port > 0 && address !== '0.0.0.0' && address !== '::';
}
