import type { CallEvent } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import { callOf } from './call-arguments.ts';
import { calls, IO_URING, type Shape } from './call-names.ts';
import { readMessages, segmentBytesIn } from './messages.ts';
import { type IsBlocked, type RawCall, WAIT_MIN_NS } from './open-calls.ts';
import { readData } from './read-data.ts';
import { type LookUp, learnFrom, protocolOf, subjectOf } from './socket-news.ts';
import { type KnownSocket, SocketTable } from './socket-table.ts';
import { endpointIn, spliceDirection } from './values.ts';

type Process = CallEvent['process'];

/** What strace does not print. */
export interface Surroundings {
  /** The name of the host that is traced. */
  readonly host: string;
  /** The process that a thread belongs to; undefined if it has ended. */
  readonly processOf?: (tid: number) => Process | undefined;
  readonly lookUp?: LookUp;
  readonly isBlocked?: IsBlocked;
}

/** How many threads are remembered with their process. */
const THREADS_MAX = 1024;

/** Turns calls into events, and remembers what they reveal about sockets. */
export class CallReader {
  readonly sockets = new SocketTable();
  readonly #surroundings: Surroundings;
  readonly #processes = new LruMap<number, Process>(THREADS_MAX);
  /** Processes that are known to use io_uring. */
  readonly #withRing = new LruMap<number, true>(THREADS_MAX);
  #lastId = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** A thread has ended, or its process has become another program. */
  forgetProcess(tid: number): void {
    this.#processes.delete(tid);
  }

  /** @returns the call as an event; undefined if it is not one to report */
  read(call: RawCall): CallEvent[] {
    if (call.outcome) learnFrom(call, this.sockets, this.#surroundings.lookUp ?? (() => undefined));
    if (IO_URING.includes(call.call)) return this.#readRing(call);
    const kind = calls.get(call.call);
    if (kind === undefined || !this.#isOfInterest(call)) return [];
    const { id = this.nextId(), atNs, tid, text, outcome } = call;
    const { error, result } = outcome ?? {};
    const inode = subjectOf(call);
    const socket = this.#socketOf(call, inode && this.sockets.get(inode));
    const peer = peerOf(call, socket);
    const direction = kind.name === 'splice' ? spliceDirection(text) : undefined;
    const isTransfer = (kind.way ?? direction) && result !== undefined;
    if (call.call === 'close' && outcome && inode) this.sockets.close(inode);
    return [
      {
        kind: 'call',
        atNs,
        host: this.#surroundings.host,
        id,
        ...callOf(kind.name, text),
        stage: outcome ? 'returned' : 'waiting',
        process: this.#processOf(tid),
        ...(socket && { socket }),
        ...(direction && { direction }),
        ...(isTransfer && { data: readData(text, kind.shape, result) }),
        ...(isTransfer && messagesIn(text, kind.shape, result)),
        ...(peer && { peer }),
        ...(result !== undefined && { result }),
        ...(error && { error }),
        ...(outcome && { tookNs: outcome.tookNs }),
      },
    ];
  }

  /** Whether it was not known before that a process uses io_uring. */
  noteRing(pid: number): boolean {
    const isNews = this.#withRing.peek(pid) === undefined;
    this.#withRing.set(pid, true);
    return isNews;
  }

  /** What is done through a ring is not a call: its use is reported once. */
  #readRing({ call, tid, atNs, outcome }: RawCall): CallEvent[] {
    if (outcome?.result === undefined) return [];
    const process = this.#processOf(tid);
    if (!this.noteRing(process.pid)) return [];
    const { result, tookNs } = outcome;
    return [
      {
        kind: 'call',
        atNs,
        host: this.#surroundings.host,
        id: this.nextId(),
        call: 'io_uring',
        stage: 'returned',
        process,
        arguments: { systemCall: call },
        result,
        tookNs,
      },
    ];
  }

  #isOfInterest({ call, descriptor, text, outcome }: RawCall): boolean {
    if (call === 'socket') return protocolOf(text) !== undefined;
    if (call === 'getsockopt' && !/ SO_ERROR, /.test(text)) return false;
    const inode = descriptor?.inode;
    if (inode === undefined || this.sockets.get(inode) === undefined)
      return endpointIn(text) !== undefined;
    return !(outcome && isIdleTry(call, text, outcome));
  }

  #socketOf({ descriptor, outcome, call }: RawCall, known: KnownSocket | '' | undefined) {
    const isMaker = /^(socket|accept4?)$/.test(call) && outcome?.result !== undefined;
    const fd = isMaker ? outcome.result : descriptor?.fd;
    return fd === undefined ? undefined : { fd, ...(known || {}) };
  }

  #processOf(tid: number): Process {
    const found = this.#processes.get(tid) ?? this.#surroundings.processOf?.(tid);
    if (found === undefined) return { pid: tid };
    this.#processes.set(tid, found);
    return found;
  }
}

/** Programs with an event loop keep trying calls that would block: that there was nothing is not worth reporting. */
function isIdleTry(
  call: string,
  text: string,
  { error, tookNs }: NonNullable<RawCall['outcome']>,
): boolean {
  const waitsForOthers = /^(accept|recv|read|preadv2)/.test(call);
  const isEmpty = waitsForOthers || (call === 'splice' && spliceDirection(text) === 'in');
  return error === 'EAGAIN' && tookNs < WAIT_MIN_NS && isEmpty;
}

function messagesIn(text: string, shape: Shape, result: number) {
  if (shape === 'messages') return { messages: readMessages(text, result) };
  const segmentBytes = shape === 'vectors' ? segmentBytesIn(text) : undefined;
  return segmentBytes !== undefined && { segmentBytes };
}

function peerOf({ call, text, outcome }: RawCall, socket: KnownSocket | undefined) {
  if (call.startsWith('accept')) return outcome?.result === undefined ? undefined : socket?.remote;
  // The sender of a datagram is known only when it has come.
  const isNamed = outcome
    ? /^(bind|connect|(send|recv)(to|from|m?msg))$/
    : /^(connect|send(to|m?msg))$/;
  return isNamed.test(call) ? endpointIn(text) : undefined;
}
