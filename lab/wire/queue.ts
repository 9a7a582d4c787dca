/**
 * A queue of the kernel: packets come out of it, verdicts go back.
 *
 *     kernel ── AF_NETLINK ──▶ read (waits) ──▶ recv until empty ──▶ onPackets ──▶ verdicts ──▶ one write ──▶ kernel
 *
 * Reading waits in Node's thread pool; then everything that is there is taken at once. A verdict is carried out by the
 * kernel within the write, so that it is synchronous and never waits.
 */
import { close, read, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { errnoOf, messages } from './netlink.ts';
import {
  bindRequest,
  type QueuedPacket,
  queuedPacket,
  settingsRequest,
  unbindRequest,
  type Verdict,
  verdictLength,
  writeVerdict,
} from './queue-protocol.ts';
import {
  AF_NETLINK,
  bindSocket,
  openSocket,
  receiveNow,
  SOCK_RAW,
  trySocketOption,
} from './system.ts';

/** linux/netlink.h */
const NETLINK_NETFILTER = 12;
const SOL_NETLINK = 270;
const NETLINK_NO_ENOBUFS = 5;
/** asm-generic/socket.h */
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;

const RECEIVE_BUFFER = 64 * 2 ** 20;
/** Packets that the kernel keeps for us: those on their way, and those not yet read. */
const MAX_PACKETS = 65_536;
/** A packet of 65,531 bytes and what is around it. */
const LARGEST_MESSAGE = 68_000;
const BATCH = 128 * 1024;
const EPERM = 1;
/** Packets taken before timers and commands have their turn. */
const TURN = 512;

/** The queue could not be had. */
export class QueueError extends Error {
  readonly code = 'QUEUE_FAILED';
  override readonly name = 'QueueError';
}

export class Queue {
  readonly number: number;
  readonly #fd: number;
  readonly #incoming = Buffer.alloc(LARGEST_MESSAGE);
  readonly #outgoing = Buffer.alloc(BATCH);
  #outgoingLength = 0;
  #lastId = 0;
  #missed = 0;
  #isOpen = true;

  /**
   * Binds the queue. Packets wait until {@link start}.
   *
   * @throws {QueueError} when it is another program's, this one lacks NET_ADMIN, or the kernel has no queues.
   */
  constructor(number: number) {
    this.number = number;
    this.#fd = openNetlink();
    // struct sockaddr_nl of linux/netlink.h; the kernel chooses the port.
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    bindSocket(this.#fd, address);
    if (!trySocketOption(this.#fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)) {
      trySocketOption(this.#fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    }
    trySocketOption(this.#fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
    this.#configure(bindRequest(number, 1));
    this.#configure(settingsRequest(number, 2, MAX_PACKETS));
  }

  /** Packets that passed unimpaired, because they came faster than they were read. */
  get missed(): number {
    return this.#missed;
  }

  /** Calls `onPacket` with every packet from now on, and `onTurn` after each batch; its bytes are used again after that. */
  start(onPacket: (packet: QueuedPacket) => void, onTurn: () => void): void {
    const next = () => {
      read(this.#fd, this.#incoming, 0, LARGEST_MESSAGE, null, (error, length) => {
        if (!this.#isOpen) return;
        if (error === null) this.#take(length, onPacket);
        this.drain(onPacket);
        onTurn();
        this.flush();
        // A turn of the event loop between batches, whatever the load.
        setImmediate(next);
      });
    };
    next();
  }

  /** Takes what is there, up to a limit, without waiting. @returns whether that was all. */
  drain(onPacket: (packet: QueuedPacket) => void): boolean {
    for (let taken = 0; taken < TURN; taken += 1) {
      const length = receiveNow(this.#fd, this.#incoming);
      if (length <= 0) return true;
      this.#take(length, onPacket);
    }
    return false;
  }

  /** Tells the fate of a packet, with the next {@link flush}. */
  decide(verdict: Verdict): void {
    if (this.#outgoingLength + verdictLength(verdict) > BATCH) this.flush();
    this.#outgoingLength = writeVerdict(this.#outgoing, this.#outgoingLength, this.number, verdict);
  }

  flush(): void {
    if (this.#outgoingLength === 0) return;
    const batch = this.#outgoing.subarray(0, this.#outgoingLength);
    this.#outgoingLength = 0;
    writeSync(this.#fd, batch);
  }

  /** Gives the queue up; the kernel lets packets pass from then on, and drops those that it still keeps. */
  async stop(): Promise<void> {
    this.flush();
    this.#isOpen = false;
    // Its acknowledgement also ends the read that waits.
    writeSync(this.#fd, unbindRequest(this.number, 3));
    await promisify(close)(this.#fd);
  }

  #configure(request: Buffer): void {
    writeSync(this.#fd, request);
    const length = receiveNow(this.#fd, this.#incoming);
    const [answer] = messages(this.#incoming.subarray(0, Math.max(length, 0)));
    const errno = answer === undefined ? -1 : errnoOf(answer);
    if (errno === 0) return;
    if (errno !== EPERM) throw noQueues(`errno ${errno}`);
    const why = 'another program in this host has it, or NET_ADMIN is missing';
    throw new QueueError(`Cannot take over queue ${this.number}: ${why}`);
  }

  #take(length: number, onPacket: (packet: QueuedPacket) => void): void {
    for (const message of messages(this.#incoming.subarray(0, length))) {
      const packet = queuedPacket(message);
      if (packet === undefined) continue;
      this.#missed += Math.max(0, packet.id - this.#lastId - 1);
      this.#lastId = packet.id;
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
