/**
 * ICMP errors that wait at sockets over UDP until a call reports them (udp(7), and IP_RECVERR of ip(7); Linux: `__udp4_lib_err`,
 * `sock_error`, `sock_dequeue_err_skb`).
 *
 *     ICMP error ─▶ the one that waits ─────────▶ the next call fails with it, or SO_ERROR returns it
 *          └─ where the socket asks for that ─▶ queue ─▶ recvmsg with MSG_ERRQUEUE
 *
 * A socket keeps one: a later error takes the place of what no call has reported.
 */

import type { Endpoint } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import type { FiveTuple } from '../packets/five-tuple.ts';
import { errnoOf, isFatal } from '../packets/icmp-error.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import type { Socket } from '../records/socket.ts';
import { TRACE_JITTER_NS } from '../time/tolerances.ts';

const PORTS_MAX = 10_000;
/** Of a port: programs that are killed close nothing. */
const USERS_MAX = 64;
/** Linux keeps as many as fit into a receive buffer. */
const QUEUE_MAX = 512;

/** What has a port of a host: several descriptors may be of one socket, and their calls share its errors. */
interface Port {
  readonly users: Set<Socket>;
  waiting: PacketRecord[];
  queue: PacketRecord[];
}

export class SocketErrors {
  readonly #ports = new LruMap<string, Port>(PORTS_MAX);

  /** A call was made on it. */
  onCall(host: string, socket: Socket): void {
    const key = keyOf(host, socket);
    if (key === undefined) return;
    const port = this.#ports.get(key) ?? { users: new Set(), waiting: [], queue: [] };
    port.users.add(socket);
    const [oldest] = port.users;
    if (port.users.size > USERS_MAX && oldest) port.users.delete(oldest);
    this.#ports.set(key, port);
  }

  /** A descriptor is closed: with the last one goes what no call has reported. */
  onClose(host: string, socket: Socket): void {
    const key = keyOf(host, socket);
    const port = key === undefined ? undefined : this.#ports.peek(key);
    if (key === undefined || !port?.users.delete(socket) || port.users.size > 0) return;
    for (const error of port.waiting) error.note({ errorState: 'closed' });
    this.#ports.delete(key);
  }

  /** @param about the sender and receiver of the datagram that it is about */
  arrive(error: PacketRecord, about: Pick<FiveTuple, 'from' | 'to'>): void {
    const port = this.#ports.peek(`${error.to} ${about.from.port}`);
    const [socket] = port?.users ?? [];
    if (port === undefined || socket === undefined) return;
    if (!reachesSocket(socket, error, about.to)) {
      error.note({ errorState: 'not-reported' });
      return;
    }
    error.note({ errorState: 'waiting' });
    remember(port.waiting, error);
    if (socket.asksForErrors) remember(port.queue, error);
  }

  /**
   * The error that a call reports, which it takes from the socket. A later call may already have made for another.
   *
   * @param name as in errno(3); undefined where the call does not return it
   */
  report(record: CallRecord, name: string | undefined): PacketRecord | undefined {
    const port = this.#portOf(record);
    const come = port?.waiting.filter((error) => {
      return (
        hasCome(error, record.returnedNs + TRACE_JITTER_NS) &&
        (name ?? errnoOf(error.packet)) === errnoOf(error.packet)
      );
    });
    const reported = come?.findLast((error) => hasCome(error, record.returnedNs)) ?? come?.[0];
    if (port === undefined || reported === undefined) return undefined;
    const at = port.waiting.indexOf(reported);
    for (const earlier of port.waiting.splice(0, at + 1)) {
      earlier.note({ errorState: earlier === reported ? 'reported' : 'replaced' });
    }
    return reported;
  }

  /** The first one of the queue, which a call takes; the next one waits in its place (`sock_dequeue_err_skb`). */
  takeQueued(record: CallRecord): PacketRecord | undefined {
    const port = this.#portOf(record);
    const at =
      port?.queue.findIndex((error) => hasCome(error, record.returnedNs + TRACE_JITTER_NS)) ?? -1;
    const [error] = at < 0 ? [] : (port?.queue.splice(at, 1) ?? []);
    if (port === undefined || error === undefined) return undefined;
    error.note({ errorState: 'reported' });
    const [next] = port.queue;
    const later = port.waiting.filter(
      (other) => !hasCome(other, record.returnedNs + TRACE_JITTER_NS),
    );
    port.waiting = [...(next && !later.includes(next) ? [next] : []), ...later];
    return error;
  }

  #portOf({ network, socket }: CallRecord): Port | undefined {
    const key = socket && keyOf(network, socket);
    return key === undefined ? undefined : this.#ports.peek(key);
  }
}

function keyOf(host: string, { protocol, local }: Socket): string | undefined {
  return protocol === 'udp' && local && local.port > 0 ? `${host} ${local.port}` : undefined;
}

/** An unconnected socket gets only errors that it has asked for, and a connected one only those about its peer. */
function reachesSocket(
  { asksForErrors, remote }: Socket,
  { packet }: PacketRecord,
  to: Endpoint,
): boolean {
  if (asksForErrors) return true;
  return remote?.address === to.address && remote.port === to.port && isFatal(packet);
}

function remember(list: PacketRecord[], error: PacketRecord): void {
  list.push(error);
  if (list.length > QUEUE_MAX) list.shift();
}

function hasCome({ delivery, arrival, departure }: PacketRecord, ns: number): boolean {
  if (delivery === 'lost' || delivery === 'in-flight') return false;
  return ((arrival ?? departure)?.ns ?? 0) <= ns;
}
