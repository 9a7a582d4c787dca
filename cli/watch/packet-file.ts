import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type LabEvent, type Packet, type PacketEvent, PcapngWriter } from '../../lab/index.ts';
import { addressesOf } from '../../lab/timeline/ends.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { cannotWrite, openToWrite } from '../file.ts';
import type { Output } from './output.ts';
import { PacketComments } from './packet-comments.ts';

/** A packet is written so much later than it came: by then it is known where it left, and which calls it belongs to. */
const LATER_NS = 1_500_000_000n;

/**
 * Writes packets as pcapng, in time order, each with its comment. A packet that was seen at both ends is written once, as it
 * left: seen twice, it would be taken for one that was sent again.
 */
export class PacketFile implements Output {
  readonly takesAsides = true;
  readonly #stream: Writable;
  readonly #writer = new PcapngWriter();
  readonly #waiting: PacketEvent[] = [];
  readonly #comments = new PacketComments();
  /** What stands for a packet, where it was seen more than once. */
  readonly #first = new WeakSet<Packet>();
  /** The addresses whose packets are seen leaving. */
  readonly #senders = new Set<string>();
  #problem: unknown;

  private constructor(file: string, stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error) => {
      this.#problem = cannotWrite(file, error);
    });
    stream.write(this.#writer.start());
  }

  /** @param file `-` for standard output; a file that is there is replaced. @throws when it cannot be written. */
  static async open(file: string): Promise<PacketFile> {
    return new PacketFile(file, file === '-' ? process.stdout : await openToWrite(file));
  }

  event(event: LabEvent): void {
    if (event.kind !== 'packet') return;
    if (event.direction === 'out') this.#senders.add(addressesOf(event.packet).from);
    const later = this.#waiting.findLastIndex(({ atNs }) => BigInt(atNs) <= BigInt(event.atNs));
    this.#waiting.splice(later + 1, 0, event);
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#comments.learn(step);
      if (step.kind === 'packet') this.#first.add(step.packet);
    }
  }

  async settled(untilNs: string): Promise<void> {
    const until = BigInt(untilNs) - LATER_NS;
    const isDue = ({ atNs }: PacketEvent) => BigInt(atNs) <= until;
    while (this.#waiting[0] && isDue(this.#waiting[0])) await this.#writeFirst();
  }

  async end(): Promise<void> {
    while (this.#waiting.length > 0) await this.#writeFirst();
    if (this.#stream === process.stdout) return;
    this.#stream.end();
    // What goes wrong is in `#problem`, in words.
    await finished(this.#stream).catch(() => {});
    if (this.#problem) throw this.#problem;
  }

  async #writeFirst(): Promise<void> {
    const event = this.#waiting.shift();
    if (this.#problem) throw this.#problem;
    if (event === undefined || this.#isSeenAgain(event)) return;
    const comment = this.#comments.of(event.packet);
    const block = this.#writer.packet({ ...event, ...(comment !== '' && { comment }) });
    if (!this.#stream.write(block)) await once(this.#stream, 'drain');
  }

  /** What did not leave where it was said to leave, as a forged packet, is not seen elsewhere. */
  #isSeenAgain({ direction, packet }: PacketEvent): boolean {
    if (direction === 'out' || this.#first.has(packet)) return false;
    return this.#senders.has(addressesOf(packet).from);
  }
}
