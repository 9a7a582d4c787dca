/**
 * Queues of the kernel: packets come out of them in the order of their arrival, whichever queue they are in; verdicts go back.
 *
 *     kernel ── AF_NETLINK ──▶ read (waits) ──▶ recv until empty ──▶ onPackets ──▶ verdicts ──▶ one write ──▶ kernel
 *
 * Reading waits in Node's thread pool; then everything that is there is taken at once. The kernel carries a verdict out within
 * the write, which is therefore synchronous and never blocks.
 */
import { close, read, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import {
  AF_NETLINK,
  bindSocket,
  openSocket,
  receiveNow,
  SOCK_RAW,
  trySocketOption,
} from '../system.ts';
import { errnoOf, messages } from './netlink.ts';
import {
  acceptAllRequest,
  bindRequest,
  lengthRequest,
  type QueuedPacket,
  queuedPacket,
  settingsRequest,
  unbindRequest,
  type Verdict,
  verdictLength,
  writeVerdict,
} from './queue-protocol.ts';

/** linux/netlink.h */
const NETLINK_NETFILTER = 12;
const SOL_NETLINK = 270;
const NETLINK_NO_ENOBUFS = 5;
/** asm-generic/socket.h */
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const SO_TIMESTAMP = 29;

const RECEIVE_BUFFER = 64 * 2 ** 20;
/** The most packets that the kernel keeps for us: those in flight, and those not read yet. */
const MAX_PACKETS = 65_536;
/** A packet of 65,531 bytes and its headers. */
const LARGEST_MESSAGE = 68_000;
const BATCH = 128 * 1024;
const EPERM = 1;
/** More than are ever in a queue, and less than half the range of a packet's number (nfq_id_after in nfnetlink_queue.c). */
const FAR_AHEAD = 2 ** 30;
const EMPTIED_TIMES = 8;
/** How many packets are taken before timers and commands have their turn. */
const TURN = 512;

/** A queue could not be bound. */
class QueueError extends Error {
  readonly code = 'QUEUE_FAILED';
  override readonly name = 'QueueError';
}

export class Queue {
  readonly #fd: number;
  readonly #incoming = Buffer.alloc(LARGEST_MESSAGE);
  readonly #outgoing = Buffer.alloc(BATCH);
  #outgoingLength = 0;
  /** By the number of the queue. */
  readonly #lastIds = new Map<number, number>();
  #missed = 0;
  #task: (() => void) | undefined;
  #isOpen = true;

  /**
   * Binds the queues of these numbers. Packets wait until {@link start}.
   *
   * @throws {QueueError} if another program has one of them, this program lacks NET_ADMIN, or the kernel has no packet queues.
   */
  constructor(numbers: readonly number[]) {
    this.#fd = openNetlink();
    // struct sockaddr_nl of linux/netlink.h; the kernel chooses the port.
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    bindSocket(this.#fd, address);
    if (!trySocketOption(this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)) {
      trySocketOption(this.#fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    }
    trySocketOption(this.#fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
    // As long as any socket wants it, the kernel stamps all packets that it receives: at the time that a capture has, or some
    // microseconds later.
    trySocketOption(this.#fd, SOL_SOCKET, SO_TIMESTAMP, 1);
    for (const number of numbers) {
      this.#configure(number, bindRequest(number, 1));
      this.#configure(number, settingsRequest(number, 2, MAX_PACKETS));
      this.#lastIds.set(number, 0);
    }
  }

  /** How many packets passed unimpaired because they came faster than they were read. */
  get missed(): number {
    return this.#missed;
  }

  /** Calls `onPacket` with every packet from now on, and `onTurn` after each batch; then the buffer of the bytes is reused. */
  start(onPacket: (packet: QueuedPacket) => void, onTurn: () => void): void {
    const next = () => {
      read(this.#fd, this.#incoming, 0, LARGEST_MESSAGE, null, (error, length) => {
        if (!this.#isOpen) return;
        if (error === null) this.#take(length, onPacket);
        this.drain(onPacket);
        onTurn();
        this.flush();
        this.#task?.();
        // A turn of the event loop between batches, whatever the load.
        setImmediate(next);
      });
    };
    next();
  }

  /**
   * Runs a task while no thread waits for packets: a packet that such a thread received would not be known here until afterwards.
   */
  alone<T>(task: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#task = () => {
        this.#task = undefined;
        try {
          resolve(task());
        } catch (error) {
          reject(error);
        }
      };
      // Its acknowledgement ends the pending read.
      for (const number of this.#lastIds.keys()) this.open(number);
    });
  }

  /** Takes what is there, up to a limit, without waiting. @returns whether that was all */
  drain(onPacket: (packet: QueuedPacket) => void): boolean {
    for (let taken = 0; taken < TURN; taken += 1) {
      const length = receiveNow(this.#fd, this.#incoming);
      if (length <= 0) return true;
      this.#take(length, onPacket);
    }
    return false;
  }

  /** Decides about a packet, with the next {@link flush}. */
  decide(verdict: Verdict): void {
    if (this.#outgoingLength + verdictLength(verdict) > BATCH) this.flush();
    this.#outgoingLength = writeVerdict(this.#outgoing, this.#outgoingLength, verdict);
  }

  flush(): void {
    if (this.#outgoingLength === 0) return;
    const batch = this.#outgoing.subarray(0, this.#outgoingLength);
    this.#outgoingLength = 0;
    writeSync(this.#fd, batch);
  }

  /** Accepts everything in one of the queues at once, including what has not been read yet. */
  acceptAll(number: number): void {
    this.flush();
    writeSync(this.#fd, this.#acceptAll(number));
  }

  /**
   * Lets packets for one of the queues pass at once from now on, after those that are in it. All in one write, which the kernel
   * carries out without switching to this program: the queue is emptied several times, ever faster, until it stays empty. A packet
   * can be overtaken only if it comes within the microsecond between the last time and the shutting, and another one within the
   * microsecond in which the first is accepted.
   */
  shut(number: number): void {
    this.flush();
    const emptied = Array.from({ length: EMPTIED_TIMES }, () => this.#acceptAll(number));
    const shut = [lengthRequest(number, 4, 0), this.#acceptAll(number)];
    writeSync(this.#fd, Buffer.concat([...emptied, ...shut]));
  }

  /** Undoes {@link shut}. */
  open(number: number): void {
    writeSync(this.#fd, lengthRequest(number, 6, MAX_PACKETS));
  }

  /** Releases the queues: the kernel lets packets pass from then on, and drops those that it still keeps. */
  async stop(): Promise<void> {
    this.flush();
    this.#isOpen = false;
    // Its acknowledgement also ends the pending read.
    for (const number of this.#lastIds.keys()) writeSync(this.#fd, unbindRequest(number, 3));
    await promisify(close)(this.#fd);
  }

  #acceptAll(number: number): Buffer {
    return acceptAllRequest(number, 5, (this.#lastIds.get(number) ?? 0) + FAR_AHEAD);
  }

  #configure(number: number, request: Buffer): void {
    writeSync(this.#fd, request);
    const length = receiveNow(this.#fd, this.#incoming);
    const [answer] = messages(this.#incoming.subarray(0, Math.max(length, 0)));
    const errno = answer === undefined ? -1 : errnoOf(answer);
    if (errno === 0) return;
    if (errno !== EPERM) throw noQueues(`errno ${errno}`);
    const why = 'another program in this host has it, or NET_ADMIN is missing';
    throw new QueueError(`Cannot take over queue ${number}: ${why}`);
  }

  #take(length: number, onPacket: (packet: QueuedPacket) => void): void {
    for (const message of messages(this.#incoming.subarray(0, length))) {
      const packet = queuedPacket(message);
      if (packet === undefined) continue;
      const lastId = this.#lastIds.get(packet.queue) ?? 0;
      this.#missed += Math.max(0, packet.id - lastId - 1);
      this.#lastIds.set(packet.queue, packet.id);
      onPacket(packet);
    }
  }
}

/** @throws {QueueError} */
function openNetlink(): number {
  try {
    return openSocket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
  } catch (error) {
    throw noQueues((error as Error).message);
  }
}

function noQueues(said: string): QueueError {
  const needed = 'it needs CONFIG_NETFILTER_NETLINK_QUEUE, or "sudo modprobe nfnetlink_queue"';
  return new QueueError(`This machine's kernel cannot queue packets: ${needed} (${said})`);
}
