import type { CallEvent } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import { isSpecified, plain } from '../packets/endpoints.ts';
import type { Socket } from '../records/socket.ts';

/** Descriptors that are tracked: programs may end without closing theirs. */
const SOCKETS_MAX = 10_000;
/** A listening socket is hardly used itself, as `accept` returns new ones, and lasts as long as its server. */
const LISTENING_MAX = 1024;

/** Which socket a call was made on. */
export class Sockets {
  readonly #open = new LruMap<string, Socket>(SOCKETS_MAX);
  readonly #listening = new LruMap<string, Socket>(LISTENING_MAX);

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
