import type { CallRecord } from './call-record.ts';
import type { PacketRecord } from './packet-record.ts';

/** Segments and calls that are remembered, so that later steps can be linked with them. */
const REMEMBERED_MAX = 256;
const SEQUENCE_NUMBERS = 2 ** 32;

interface Written {
  readonly call: CallRecord;
  from: number;
  to: number;
}

/** What one direction of a TCP connection has carried: byte 0 is the one after SYN's sequence number. */
export class TcpDirection {
  /** The first one, and its latest retransmission. */
  syn: PacketRecord | undefined;
  latestSyn: PacketRecord | undefined;
  fin: PacketRecord | undefined;
  latestFin: PacketRecord | undefined;
  /** The latest one that only asks for an answer (keep-alive, window probe). */
  probe: PacketRecord | undefined;
  /** The call that makes the kernel send FIN, until it is sent. */
  closing: CallRecord | undefined;
  /** After the last byte that was sent. */
  next = 0;
  /** After the last byte that the other side acknowledged; the FIN counts as one. */
  acknowledged = -1;
  /** The window that this side advertised last. */
  window = -1;
  /** The maximum segment size that this side announced in its SYN: bytes of TCP's options and payload. */
  maximumSegment: number | undefined;
  /** It was there before its trace, which reported what it was then. */
  isInherited = false;
  /** Its FIN was sent before it was captured. */
  hasEndedBefore = false;
  #first: number | undefined;
  /** Its first byte was seen. */
  #isWhole = false;
  #written = 0;
  #read: number | undefined;
  /** Bytes that arrived before the capture, and that no call has read yet. */
  #unread = 0;
  #explained = 0;
  /** After the last byte of those calls that are no longer kept. */
  #writesLetGo = 0;
  readonly #segments: PacketRecord[] = [];
  readonly #writes: Written[] = [];

  get isJoined(): boolean {
    return this.#first === undefined;
  }

  get firstSequence(): number | undefined {
    return this.#first;
  }

  /** The connection begins here, or began before it was captured. */
  begin(firstSequence: number, isWhole: boolean): void {
    this.#first = firstSequence >>> 0;
    this.#isWhole = isWhole;
    if (isWhole) this.#read = 0;
  }

  /** What is sent up to there was written by calls before the trace. */
  explainUntil(offset: number): void {
    this.isInherited = true;
    this.#explained = Math.max(this.#explained, offset);
  }

  /** Whether it was written by calls, as far as that could be seen. */
  isExplained(from: number, to: number): boolean {
    if (to <= this.#explained || from < this.#writesLetGo) return true;
    return this.#writes.some((written) => written.from < to && from < written.to);
  }

  /** The offset of a sequence number: of those that it may stand for, as it wraps around, the one nearest to the latest. */
  offsetOf(sequence: number): number {
    const latest = ((this.#first ?? sequence) + this.next) % SEQUENCE_NUMBERS;
    return this.next + ((sequence - latest) | 0);
  }

  /** Notes a segment. @returns how many of its bytes are new */
  send(record: PacketRecord, from: number, to: number): number {
    record.note({ range: { from, to } });
    remember(this.#segments, record);
    this.#moveWrites((record.departure ?? record.arrival)?.ns ?? 0, to);
    const fresh = Math.max(0, to - Math.max(from, this.next));
    this.next = Math.max(this.next, to);
    return fresh;
  }

  /** The segments that carry any of these bytes, oldest first. */
  segments(from: number, to: number): PacketRecord[] {
    return this.#segments.filter(({ range, isForgotten }) => {
      return !isForgotten && range !== undefined && range.from < to && from < range.to;
    });
  }

  /**
   * Places the bytes of a call after those written before, or after what was sent without a call that was seen.
   * @returns the segments that have carried them already, where the call is reported late
   */
  write(call: CallRecord, bytes: number): PacketRecord[] {
    const before = this.segments(this.#written, Number.POSITIVE_INFINITY).filter((segment) => {
      return ((segment.departure ?? segment.arrival)?.ns ?? 0) < call.beganNs;
    });
    const from = Math.max(this.#written, ...before.map(({ range }) => range?.to ?? 0));
    this.#written = from + bytes;
    const [gone] = remember(this.#writes, { call, from, to: this.#written }).slice(-1);
    this.#writesLetGo = gone?.to ?? this.#writesLetGo;
    return this.segments(from, this.#written);
  }

  /** What left before a call began is not the call's, even where it is reported later: the call's bytes follow it. */
  #moveWrites(leftNs: number, to: number): void {
    const at = this.#writes.findIndex(({ call, from }) => call.beganNs > leftNs && from < to);
    const first = this.#writes[at];
    if (first === undefined) return;
    const by = to - first.from;
    for (const written of this.#writes.slice(at)) {
      written.from += by;
      written.to += by;
    }
    this.#written += by;
  }

  /** It wrote fewer bytes than it was given. */
  rewrite(call: CallRecord, bytes: number): void {
    const last = this.#writes.at(-1);
    if (last?.call !== call || last.to - last.from === bytes) return;
    last.to = last.from + bytes;
    this.#written = last.to;
  }

  writes(from: number, to: number): CallRecord[] {
    const found = this.#writes.filter((written) => written.from < to && from < written.to);
    return found.map(({ call }) => call).filter(({ isForgotten }) => !isForgotten);
  }

  /** So many bytes have arrived that the program has not read yet: it reads these first. */
  leaveUnread(bytes: number): void {
    this.#unread = bytes;
    this.#read = this.#first === undefined ? undefined : Math.max(0, this.next - bytes);
    if (this.#read !== undefined) this.#unread -= this.next - this.#read;
  }

  /** What a call has read: the bytes after those read before. @returns the segments that carried them */
  read(count: number): PacketRecord[] {
    const unseen = Math.min(this.#unread, count);
    this.#unread -= unseen;
    const bytes = count - unseen;
    if (bytes === 0) return [];
    const from = this.#read ?? Math.max(0, this.next - bytes);
    // Of a connection that was joined, bytes may have been read unseen.
    this.#read = this.#isWhole ? from + bytes : Math.min(from + bytes, Math.max(from, this.next));
    const arrived = this.segments(from, from + bytes).filter(({ delivery }) => delivery !== 'lost');
    return arrived.filter((segment) => !segment.isDropped);
  }

  /** Drops references to what is no longer kept. */
  tidy(): void {
    while (this.#segments[0]?.isForgotten) this.#segments.shift();
    while (this.#writes[0]?.call.isForgotten) this.#writesLetGo = this.#writes.shift()?.to ?? 0;
    if (this.latestSyn?.isForgotten) this.syn = this.latestSyn = undefined;
    if (this.probe?.isForgotten) this.probe = undefined;
    if (this.closing?.isForgotten) this.closing = undefined;
  }
}

/** @returns those that are let go for it */
function remember<T>(list: T[], item: T): T[] {
  list.push(item);
  return list.length > REMEMBERED_MAX ? list.splice(0, REMEMBERED_MAX / 4) : [];
}
