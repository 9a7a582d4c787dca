import { failAfter } from '../engine/all-done.ts';
import { ask } from '../engine/docker.ts';
import type { Host } from '../hosts/host.ts';
import { type News, newsOf } from '../model/capture-frames.ts';
import type { PacketEvent } from '../model/event.ts';
import { type Frame, FrameParser } from '../model/frames.ts';
import { interfaceName } from '../model/interface-name.ts';
import { LabError } from '../model/lab-error.ts';
import { Probe } from '../probes/probe.ts';
import { decodePacket } from './dissect/decode.ts';
import { isForHost } from './is-for-host.ts';
import { PcapReader } from './pcap/pcap.ts';

/** An interface that is being captured. */
interface Tapped {
  readonly name: string;
  readonly mac: string;
  readonly reader: PcapReader;
}

/** The packets of one host, at all its interfaces. */
export class HostCapture {
  readonly host: Host;
  readonly #probe: Probe;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #parser = new FrameParser();
  /** Frames that came before there was a reader. */
  #waiting: Frame[] = [];
  readonly #tapped = new Map<number, Tapped>();
  /** The interface that the host had at first, where it had only one. */
  #only: Tapped | undefined;
  /** Since when the host has had the network that is captured. */
  readonly #since: number;
  /** The interfaces that still exist. */
  readonly #live = new Set<number>();
  /** Aborted when the end of the host no longer matters. */
  readonly #over = new AbortController();
  #isReady = false;
  #isEnding = false;
  #hasHostEnded = false;

  private constructor(host: Host, probe: Probe) {
    this.host = host;
    this.#probe = probe;
    this.#since = Number(host.networkSince);
    this.#chunks = probe.stdout[Symbol.asyncIterator]();
  }

  /** @throws {LabError} if the host is not running, or cannot be captured. */
  static async start(host: Host): Promise<HostCapture> {
    const probe = await Probe.startCapture(host);
    const capture = new HostCapture(host, probe);
    const hasBegun = await capture.#begin().catch((error) => failAfter(error, () => probe.stop()));
    if (hasBegun) return capture;
    const { stderr } = await probe.stop();
    throw new LabError('PROBE_FAILED', `Cannot capture at host "${host.name}": ${stderr.trim()}`);
  }

  /** The names of its interfaces in a file, as far as they are known. */
  get interfaces(): string[] {
    return [...this.#tapped.values()].map((one) => interfaceName(this.#whereOf(one)));
  }

  /** @param onTrouble called after the last packet, if the host can no longer be captured */
  async *packets(onTrouble?: (error: LabError) => void): AsyncGenerator<PacketEvent> {
    for (let frames: Frame[] | undefined = this.#waiting; frames; frames = await this.#read()) {
      for (const frame of frames) yield* this.#packetsIn(frame);
    }
    if (this.#isEnding) return;
    const { exitCode } = await this.#probe.ended;
    if (!this.#isEnding) onTrouble?.(this.#captureLost(exitCode));
  }

  /** How many packets the kernel dropped because they came faster than they were read; known when the capture has ended. */
  async missed(): Promise<number> {
    const { stderr } = await this.#probe.ended;
    const counts = stderr.match(/^\d+$/gm) ?? [];
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    this.#over.abort();
    await this.#probe.stop();
  }

  /** @returns whether all interfaces are being captured; if not, the probe has ended */
  async #begin(): Promise<boolean> {
    while (!this.#isReady) {
      const frames = await this.#read();
      if (frames === undefined) return false;
      this.#waiting.push(...frames);
    }
    if (this.#tapped.size === 1) [this.#only] = this.#tapped.values();
    return true;
  }

  /** The next pieces of the interfaces' streams; news among them has been processed. */
  async #read(): Promise<Frame[] | undefined> {
    const { value, done } = await this.#chunks.next();
    if (done) return undefined;
    return this.#parser.push(value).filter((frame) => {
      const news = newsOf(frame);
      if (news) this.#hear(news);
      return news === undefined;
    });
  }

  #hear(news: News): void {
    if ('ready' in news) this.#isReady = true;
    else if ('ended' in news) {
      this.#live.delete(news.ended);
      if (this.#live.size === 0 && !this.#isEnding) void this.#endWithHost();
    } else {
      const { began, name, mac } = news;
      this.#tapped.set(began, { name, mac, reader: new PcapReader() });
      this.#live.add(began);
    }
  }

  *#packetsIn({ number, data }: Frame): Generator<PacketEvent> {
    const tapped = this.#tapped.get(number);
    if (tapped === undefined) return;
    const { mac, reader } = tapped;
    for (const { atNs, data: bytes, length } of reader.push(data)) {
      const packet = decodePacket(bytes, reader.linkType, length);
      if (!isForHost(packet, mac)) continue;
      const direction = packet.ethernet?.source === mac ? 'out' : 'in';
      yield { kind: 'packet', atNs, ...this.#whereOf(tapped), direction, packet };
    }
  }

  /** The only interface that a host had at first has no name, even if others appear later. */
  #whereOf(tapped: Tapped): Pick<PacketEvent, 'host' | 'interface'> {
    const { name: host } = this.host;
    return tapped === this.#only ? { host } : { host, interface: tapped.name };
  }

  /** A host without interfaces may have left its networks to join others; or it is stopping, and its interfaces go first. */
  async #endWithHost(): Promise<void> {
    const { host } = this;
    try {
      const { hasNetwork, networkSince, networkId } = await host.refresh();
      if (hasNetwork && Number(networkSince) === this.#since) {
        const abortSignal = this.#over.signal;
        await ask(
          'wait for the end of a host',
          (engine) =>
            engine.getContainer(networkId).wait({ condition: 'not-running', abortSignal }),
          { withinMs: Number.POSITIVE_INFINITY },
        );
      }
    } catch (error) {
      if ((error as LabError).code !== 'NO_HOST') return;
    }
    this.#hasHostEnded = true;
    // The reader reports how the probe has ended.
    await this.#probe.stop().catch(() => undefined);
  }

  #captureLost(exitCode: number): LabError {
    const what = `Cannot capture at host "${this.host.name}" any longer`;
    if (!this.#hasHostEnded) {
      return new LabError(
        'PROBE_FAILED',
        `${what}: its probe has ended with exit code ${exitCode}`,
      );
    }
    const why = 'it has ended; when it is started again, it has a new network';
    return new LabError('HOST_NOT_RUNNING', `${what}: ${why}`);
  }
}
