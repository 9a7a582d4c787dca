import type { CallEvent } from '../../model/event.ts';
import type { RawCall } from './open-calls.ts';
import { subjectOf } from './socket-news.ts';
import type { SocketTable } from './socket-table.ts';
import { isWildcard } from './values.ts';

/**
 * How long an event is held back for its endpoints. Programs that request them do so within a millisecond; on a busy machine,
 * strace reports it later.
 */
const HOLD_NS = 100_000_000n;
/** The most events that are held back, with those after them. */
const HELD_MAX = 1000;

interface Held {
  event: CallEvent;
  /** Its socket, as long as more may be learned of it. */
  inode?: string | undefined;
  /** By the times of later calls. */
  readonly untilNs: bigint;
  /** By the clock, since it was there: it may have come late, and what follows it even later. */
  untilNowNs?: bigint;
}

/**
 * After `connect` and `accept` the kernel knows both endpoints, but the call reveals at most one of them; most programs ask for
 * the other next, with `getsockname` or `getpeername`. Such an event is held back until then, and what follows it too, so that it
 * is complete and all are in order.
 */
export class Settling {
  readonly #sockets: SocketTable;
  #queue: Held[] = [];

  constructor(sockets: SocketTable) {
    this.#sockets = sockets;
  }

  /** @returns the events that are complete now that this call has been read */
  push(call: RawCall, events: readonly CallEvent[]): CallEvent[] {
    const subject = subjectOf(call);
    for (const held of this.#queue) {
      if (subject !== undefined && held.inode === subject) this.#learn(held, call);
    }
    const untilNs = BigInt(call.atNs) + BigInt(call.outcome?.tookNs ?? 0) + HOLD_NS;
    for (const event of events) {
      this.#queue.push({ event, untilNs, ...(lacksEndpoint(event) && { inode: subject }) });
    }
    const atNs = BigInt(call.atNs);
    return this.#release((held) => atNs > held.untilNs);
  }

  /** @returns the events about which nothing more will be learned */
  tick(nowNs: bigint): CallEvent[] {
    for (const held of this.#queue) held.untilNowNs ??= nowNs + HOLD_NS;
    return this.#release(({ untilNowNs }) => untilNowNs !== undefined && nowNs > untilNowNs);
  }

  #release(isOver: (held: Held) => boolean): CallEvent[] {
    const isTooMuch = this.#queue.length > HELD_MAX;
    const waiting = (held: Held) => held.inode !== undefined && !isOver(held);
    const first = isTooMuch ? -1 : this.#queue.findIndex(waiting);
    const released = this.#queue.splice(0, first < 0 ? this.#queue.length : first);
    return released.map(({ event, inode }) => this.#completed(event, inode));
  }

  end(): CallEvent[] {
    return this.#queue.splice(0).map(({ event, inode }) => this.#completed(event, inode));
  }

  #learn(held: Held, { call }: RawCall): void {
    const completed = this.#completed(held.event, held.inode);
    if (ASKING.test(call) && lacksEndpoint(completed)) return;
    held.event = completed;
    held.inode = undefined;
  }

  #completed(event: CallEvent, inode: string | undefined): CallEvent {
    const known = inode === undefined ? undefined : this.#sockets.peek(inode);
    if (known === undefined || event.socket === undefined) return event;
    const peer = event.peer ?? known.remote;
    return { ...event, socket: { ...event.socket, ...known }, ...(peer && { peer }) };
  }
}

/** What programs do between connecting and using the connection. */
const ASKING = /^(getsockname|getpeername|getsockopt|setsockopt)$/;

function lacksEndpoint({ call, stage, result, error, socket }: CallEvent): boolean {
  if (stage !== 'returned' || (call !== 'accept' && call !== 'connect')) return false;
  if (result === undefined && error !== 'EINPROGRESS') return false;
  const { local, remote } = socket ?? {};
  return remote ? local === undefined || isWildcard(local) : call === 'accept';
}
