import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type LabEvent, type Packet, type PacketEvent, PcapngWriter } from '../../lab/index.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { packetNote } from '../diagram/packet-words.ts';
import { UNICODE } from '../diagram/symbols.ts';
import { cannotWrite, openToWrite } from '../file.ts';
import type { Output } from './output.ts';

/** A packet is written so much later than it came: by then it is known which call caused it. */
const LATER_NS = 1_500_000_000n;
/** Calls that may still cause a packet. */
const CALLS_MAX = 10_000;

/** Writes packets as pcapng, in time order; the comment of each is the call that caused it, and what became of it. */
export class PacketFile implements Output {
  readonly #stream: Writable;
  readonly #writer = new PcapngWriter();
  readonly #waiting: PacketEvent[] = [];
  readonly #calls = new Map<number, string>();
  readonly #comments = new WeakMap<Packet, string>();
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
    const later = this.#waiting.findLastIndex(({ atNs }) => BigInt(atNs) <= BigInt(event.atNs));
    this.#waiting.splice(later + 1, 0, event);
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.#learn(step);
  }

  #learn(step: Step): void {
    if (step.kind === 'call') this.#remember(step.id, `${step.host}: ${step.title}`);
    if (step.kind !== 'packet') return;
    const causes = step.links.filter(({ kind }) => kind === 'caused by');
    const calls = causes.flatMap(({ to }) => this.#calls.get(to) ?? []);
    const words = [...calls, packetNote(step, UNICODE)].filter((part) => part !== '').join('; ');
    if (words !== '') this.#comments.set(step.packet, words);
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
    await once(this.#stream, 'close');
    if (this.#problem) throw this.#problem;
  }

  async #writeFirst(): Promise<void> {
    const event = this.#waiting.shift();
    if (this.#problem) throw this.#problem;
    if (event === undefined) return;
    const comment = this.#comments.get(event.packet);
    const block = this.#writer.packet({ ...event, ...(comment !== undefined && { comment }) });
    if (!this.#stream.write(block)) await once(this.#stream, 'drain');
  }

  #remember(id: number, call: string): void {
    this.#calls.set(id, call);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#calls.delete(oldest);
  }
}
