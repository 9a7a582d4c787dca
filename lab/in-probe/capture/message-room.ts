/**
 * Memory for some packets that are read with one system call, as recvmmsg(2) wants it:
 *
 *     struct mmsghdr ──▶ struct iovec ──▶ the bytes of a packet
 *           └──────────▶ struct cmsghdr, …: its time, and what else the kernel knows of it
 *
 * Sizes and offsets are those of 64-bit machines: bits/socket.h, bits/types/struct_iovec.h.
 */
import { type Ancillary, readAncillary } from './ancillary.ts';

const HEADER_BYTES = 64;
const IOVEC_BYTES = 16;
const CONTROL_BYTES = 128;
/** In `struct mmsghdr`. */
const IOVEC = 16;
const IOVEC_COUNT = 24;
const CONTROL = 32;
const CONTROL_LENGTH = 40;
const RECEIVED = 56;

/** A packet, and what the kernel knows of it. */
export interface Message {
  /** Where its bytes are: the memory of all packets, which is written over when the next are read. */
  readonly memory: Buffer;
  readonly from: number;
  readonly to: number;
  readonly ancillary: Ancillary;
}

export class MessageRoom {
  /** How many packets. */
  readonly size: number;
  /** The array of `struct mmsghdr`. */
  readonly headers: Buffer;
  readonly #iovecs: Buffer;
  readonly #control: Buffer;
  readonly #packets: Buffer;
  readonly #packetBytes: number;

  /**
   * @param packetBytes for each packet: of a longer one the rest is lost
   * @param addressOf where a buffer is in memory
   */
  constructor(size: number, packetBytes: number, addressOf: (buffer: Buffer) => bigint) {
    this.size = size;
    this.#packetBytes = packetBytes;
    this.headers = Buffer.alloc(size * HEADER_BYTES);
    this.#iovecs = Buffer.alloc(size * IOVEC_BYTES);
    this.#control = Buffer.alloc(size * CONTROL_BYTES);
    // Not cleared: most of it is never written to, and takes no memory.
    this.#packets = Buffer.allocUnsafeSlow(size * packetBytes);
    for (let n = 0; n < size; n += 1) {
      const [iovec, header] = [n * IOVEC_BYTES, n * HEADER_BYTES];
      this.#iovecs.writeBigUInt64LE(addressOf(this.#packets) + BigInt(n * packetBytes), iovec);
      this.#iovecs.writeBigUInt64LE(BigInt(packetBytes), iovec + 8);
      this.headers.writeBigUInt64LE(addressOf(this.#iovecs) + BigInt(iovec), header + IOVEC);
      this.headers.writeBigUInt64LE(1n, header + IOVEC_COUNT);
      const control = addressOf(this.#control) + BigInt(n * CONTROL_BYTES);
      this.headers.writeBigUInt64LE(control, header + CONTROL);
      this.#empty(n);
    }
  }

  /** Takes the first packets out. @param count how many have been read */
  take(count: number): Message[] {
    return Array.from({ length: count }, (_, n) => this.#take(n));
  }

  #take(n: number): Message {
    const header = n * HEADER_BYTES;
    const from = n * this.#packetBytes;
    const control = n * CONTROL_BYTES;
    const controlEnd = control + this.headers.readUInt32LE(header + CONTROL_LENGTH);
    this.#empty(n);
    return {
      memory: this.#packets,
      from,
      to: from + this.headers.readUInt32LE(header + RECEIVED),
      ancillary: readAncillary(this.#control, control, controlEnd),
    };
  }

  /** The kernel writes there how much of the room it has used. */
  #empty(n: number): void {
    this.headers.writeBigUInt64LE(BigInt(CONTROL_BYTES), n * HEADER_BYTES + CONTROL_LENGTH);
  }
}
