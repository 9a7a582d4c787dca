import type { CallEvent } from '../../model/event.ts';
import { type KernelSocket, presentFacts, TCP_STATES } from '../../model/present-sockets.ts';
import { SYSTEM_CALLS } from '../../model/system-calls.ts';
import { LruMap } from '../../util/lru-map.ts';
import { eventOf } from './event-of.ts';
import { Processes } from './processes.ts';
import type { CallRecord, ProcessRecord } from './record.ts';

/** The kernel's own results of a call that it restarts by itself, or after a signal: linux/errno.h. */
const RESTARTS: ReadonlySet<number> = new Set([-512, -513, -514, -516]);
const THREADS_MAX = 8192;

/** A call of a thread that has been told as waiting, or that a signal has interrupted. */
interface Open {
  readonly record: CallRecord;
  /** When the kernel began it last; later than its record's if it was restarted. */
  sinceNs: bigint;
  isInterrupted: boolean;
  id?: number;
}

/** Turns the records of one host into events. */
export class HostCalls {
  readonly #host: string;
  readonly #processes: Processes;
  readonly #open = new LruMap<number, Open>(THREADS_MAX);
  /** Processes that are known to use io_uring. */
  readonly #withRing = new LruMap<number, true>(THREADS_MAX);
  #lastId = 0;

  /** @param test its health check, as the engine keeps it, which is left out */
  constructor(host: string, test: readonly string[]) {
    this.#host = host;
    this.#processes = new Processes(test);
  }

  note(process: ProcessRecord): void {
    this.#processes.note(process);
  }

  read(record: CallRecord): CallEvent[] {
    if (this.#processes.isLeftOut(record.pid)) return [];
    if (SYSTEM_CALLS[record.call]?.name === 'io_uring') return this.#readRing(record);
    return record.kind === 'waiting' ? this.#waits(record) : this.#returns(record);
  }

  /** The sockets and rings that were there when the trace began. */
  present(records: readonly CallRecord[]): CallEvent[] {
    const ours = records.filter(({ pid }) => !this.#processes.isLeftOut(pid));
    const process = (pid: number) => this.#processes.of(pid);
    const opened = ours.flatMap(({ pid, socket }) =>
      socket ? [{ process: process(pid), fd: socket.fd, inode: socket.inode }] : [],
    );
    const rings = ours.filter(({ pid, socket }) => !socket && this.#noteRing(pid));
    const facts = [
      ...presentFacts(opened, ours.flatMap(kernelSocket)),
      ...rings.map(
        ({ pid }) => ({ call: 'io_uring', arguments: {}, process: process(pid) }) as const,
      ),
    ];
    const { atNs = 0n, tookNs = 0 } = records.at(-1) ?? {};
    return facts.map((fact) => ({
      ...this.#base(atNs),
      stage: 'present',
      ...fact,
      tookNs,
    }));
  }

  /** To be called when the host has ended: the calls in which a signal killed their threads before they were told as waiting. */
  end(): CallEvent[] {
    const killed = [...this.#open.values()].filter(({ id }) => id === undefined);
    return killed.map(({ record }) => this.#event({ ...record, kind: 'waiting' }, this.#nextId()));
  }

  #waits(record: CallRecord): CallEvent[] {
    const before = this.#open.get(record.tid);
    // The loader may tell a call twice.
    if (before?.sinceNs === record.beganNs && before.id !== undefined) return [];
    const goesOn = before !== undefined && isSame(before, record);
    const open: Open = goesOn ? before : { record, sinceNs: record.beganNs, isInterrupted: false };
    open.sinceNs = record.beganNs;
    open.isInterrupted = false;
    this.#open.set(record.tid, open);
    if (open.id !== undefined) return [];
    const ended = goesOn ? [] : this.#interrupted(before, record.beganNs);
    open.id = this.#nextId();
    return [...ended, this.#event({ ...open.record, kind: 'waiting' }, open.id)];
  }

  #returns(record: CallRecord): CallEvent[] {
    const before = this.#open.get(record.tid);
    const goesOn = before !== undefined && isSame(before, record);
    if (RESTARTS.has(record.result)) {
      const open = goesOn ? before : { record, sinceNs: record.beganNs };
      this.#open.set(record.tid, { ...open, sinceNs: record.beganNs, isInterrupted: true });
      return goesOn ? [] : this.#interrupted(before, record.beganNs);
    }
    this.#open.delete(record.tid);
    if (!goesOn)
      return [...this.#interrupted(before, record.beganNs), this.#event(record, this.#nextId())];
    const { atNs, beganNs } = before.record;
    const tookNs = record.tookNs + Number(record.beganNs - beganNs);
    return [this.#event({ ...record, atNs, tookNs }, before.id ?? this.#nextId())];
  }

  /** The end of a call that had been told as waiting: its thread does something else after the signal. */
  #interrupted(open: Open | undefined, nowNs: bigint): CallEvent[] {
    if (open?.id === undefined || !open.isInterrupted) return [];
    const { record, id } = open;
    const tookNs = Number(nowNs - record.beganNs);
    const event = this.#event({ ...record, kind: 'waiting' }, id);
    return [{ ...event, stage: 'returned', error: 'EINTR', tookNs }];
  }

  /** What is done through a ring is not a call: its use is told once. */
  #readRing(record: CallRecord): CallEvent[] {
    const { pid, result, tookNs } = record;
    if (record.kind !== 'returned' || result < 0 || !this.#noteRing(pid)) return [];
    const systemCall = SYSTEM_CALLS[record.call]?.system ?? '';
    return [
      {
        ...this.#base(record.atNs),
        call: 'io_uring',
        stage: 'returned',
        process: this.#processes.of(pid),
        arguments: { systemCall },
        result,
        tookNs,
      },
    ];
  }

  /** @returns whether it was not known before that a process uses io_uring */
  #noteRing(pid: number): boolean {
    const isNews = this.#withRing.peek(pid) === undefined;
    this.#withRing.set(pid, true);
    return isNews;
  }

  #event(record: CallRecord, id: number): CallEvent {
    return eventOf(record, { host: this.#host, id, process: this.#processes.of(record.pid) });
  }

  #base(atNs: bigint) {
    return { kind: 'call', atNs: `${atNs}`, host: this.#host, id: this.#nextId() } as const;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** Whether a record is of the call that a thread is in: told as waiting, or restarted after a signal. */
function isSame({ record, sinceNs, isInterrupted }: Open, later: CallRecord): boolean {
  if (!isInterrupted) return later.beganNs === sinceNs;
  return later.call === record.call && later.socket?.fd === record.socket?.fd;
}

function kernelSocket({ socket }: CallRecord): KernelSocket[] {
  if (socket === undefined) return [];
  const { inode, protocol, local, remote, unacknowledgedBytes, unread } = socket;
  const state = protocol === 'tcp' ? TCP_STATES[socket.state] : undefined;
  // Its connection is over, or has never been.
  if (state === 'CLOSED') return [];
  return [{ inode, protocol, local, remote, unacknowledgedBytes, unread, ...(state && { state }) }];
}
