import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { PacketsOnce } from '../../lab/explain/packet-file/packets-once.ts';
import { type LabEvent, type PcapngPacket, PcapngWriter } from '../../lab/index.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { cannotWrite, openToWrite } from '../file.ts';
import type { Output } from './output.ts';

/** How long after a packet it is written: by then its sender and its calls are known. */
const LATER_NS = 1_500_000_000n;

/** Writes packets as pcapng, each once; see `PacketsOnce`. */
export class PacketFile implements Output {
  readonly takesAsides = true;
  readonly #stream: Writable;
  readonly #writer = new PcapngWriter();
  readonly #packets = new PacketsOnce();
  #problem: unknown;

  private constructor(file: string, stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error) => {
      this.#problem = cannotWrite(file, error);
    });
    stream.write(this.#writer.start());
  }

  /** @param file `-` for standard output; an existing file is replaced. @throws when it cannot be written. */
  static async open(file: string): Promise<PacketFile> {
    return new PacketFile(file, file === '-' ? process.stdout : await openToWrite(file));
  }

  event(event: LabEvent): void {
    this.#packets.event(event);
  }

  steps(steps: readonly Step[]): void {
    this.#packets.steps(steps);
  }

  async settled(untilNs: string): Promise<void> {
    await this.#write(this.#packets.take(BigInt(untilNs) - LATER_NS));
  }

  async end(): Promise<void> {
    await this.#write(this.#packets.take());
    if (this.#stream === process.stdout) return;
    this.#stream.end();
    // What goes wrong is in `#problem`, in words.
    await finished(this.#stream).catch(() => {});
    if (this.#problem) throw this.#problem;
  }

  async #write(packets: Iterable<PcapngPacket>): Promise<void> {
    for (const packet of packets) {
      if (this.#problem) throw this.#problem;
      if (!this.#stream.write(this.#writer.packet(packet))) await once(this.#stream, 'drain');
    }
  }
}
