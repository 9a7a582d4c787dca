/**
 * Live captures of hosts: one probe with tcpdump a host, one stream of decoded packets.
 *
 *     host a ◀─ probe: tcpdump ──pcap──▶ PcapReader ─▶ decodePacket ─┐
 *     host b ◀─ probe: tcpdump ──pcap──▶ PcapReader ─▶ decodePacket ─┴▶ PacketEvent, PacketEvent, …
 */
import { once } from 'node:events';
import { allDone, failAfter } from '../all-done.ts';
import { LabError } from '../error.ts';
import type { PacketEvent } from '../event.ts';
import type { Host } from '../host.ts';
import { merge } from '../merge.ts';
import { Probe, type ProbeEnd } from '../probe.ts';
import { decodePacket } from './decode.ts';
import { PcapReader } from './pcap.ts';

/**
 * Bytes of a packet that are kept: the longest there is, with its link header. The kernel's buffer has a slot of this size for
 * each packet that waits for tcpdump (packet(7), PACKET_RX_RING), so that with tcpdump's default a few would fill it.
 */
const SNAPSHOT_BYTES = 65_600;
/** Of that buffer: 500 packets. */
const BUFFER_KIB = 32 * 1024;

/** The interface that a host of a lab has on the lab's network. */
const INTERFACE = 'eth0';

export interface CaptureOptions {
  /**
   * Told when a host can be seen no longer, behind its last packet: it has ended, or was restarted, and what is started again
   * has another network. The other hosts are captured as before.
   */
  readonly onTrouble?: (error: LabError) => void;
}

/**
 * Packets of some hosts, as they come. Those of one host are in the order of their times; those of several nearly so.
 *
 * @example
 * await using capture = await Capture.start([server, client]);
 * for await (const { host, packet } of capture) if (packet.tcp?.flags.syn) break;
 */
export class Capture implements AsyncDisposable, AsyncIterable<PacketEvent> {
  readonly #sources: readonly Source[];
  readonly #events: ReturnType<typeof merge<PacketEvent>>;
  readonly #onTrouble: (error: LabError) => void;
  #isEnding = false;

  private constructor(sources: readonly Source[], { onTrouble = () => {} }: CaptureOptions) {
    this.#sources = sources;
    this.#onTrouble = onTrouble;
    this.#events = merge(sources.map((source) => this.#packetsOf(source)));
  }

  /**
   * Resolves when every host is listened to: no later packet is missed.
   *
   * @throws {LabError} when a host is not running, or cannot be listened to.
   */
  static async start(hosts: readonly Host[], options: CaptureOptions = {}): Promise<Capture> {
    const results = await Promise.allSettled(hosts.map(listen));
    const sources = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return new Capture(sources, options);
    return failAfter(failed.reason, () => allDone(sources.map(({ probe }) => probe.stop())));
  }

  /** The names of the hosts that it listens to. */
  get hosts(): string[] {
    return this.#sources.map(({ host }) => host.name);
  }

  /** Packets that the kernel dropped because they came faster than they were read; known when the capture has ended. */
  async missed(): Promise<number> {
    const ends = await Promise.all(this.#sources.map(({ probe }) => probe.ended));
    return ends.reduce((sum, { stderr }) => sum + droppedByKernel(stderr), 0);
  }

  [Symbol.asyncIterator](): AsyncIterator<PacketEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the capture: what was captured until now can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    await allDone(this.#sources.map(({ probe }) => probe.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.destroy();
    await this.stop();
  }

  async *#packetsOf(source: Source): AsyncGenerator<PacketEvent> {
    yield* packetsOf(source);
    if (this.#isEnding) return;
    const end = await source.probe.ended;
    if (!this.#isEnding) this.#onTrouble(whyDeaf(source.host, end));
  }
}

/** Why nobody listens to a host any longer. */
function whyDeaf({ name }: Host, { exitCode, stderr }: ProbeEnd): LabError {
  const what = `Cannot capture at host "${name}" any longer`;
  // As tcpdump says it.
  if (!stderr.includes('The interface disappeared')) {
    return new LabError('PROBE_FAILED', `${what}: tcpdump has ended with exit code ${exitCode}`);
  }
  const why = 'it has ended; when it is started again, it has another network';
  return new LabError('HOST_NOT_RUNNING', `${what}: ${why}`);
}

async function* packetsOf({ host, probe }: Source): AsyncGenerator<PacketEvent> {
  const reader = new PcapReader();
  for await (const chunk of probe.stdout) {
    for (const { atNs, data, length } of reader.push(chunk)) {
      const packet = decodePacket(data, reader.linkType, length);
      const isOwn = host.interfaces.some(({ mac }) => mac === packet.ethernet?.source);
      const direction = isOwn ? 'out' : 'in';
      yield { kind: 'packet', atNs, host: host.name, direction, packet };
    }
  }
}

/** As tcpdump counts them when it ends. */
function droppedByKernel(stderr: string): number {
  return Number(/(\d+) packets? dropped by kernel/.exec(stderr)?.[1] ?? 0);
}

interface Source {
  readonly host: Host;
  readonly probe: Probe;
}

/** Starts tcpdump beside a host, and waits until it listens: it writes the head of its file then. */
async function listen(host: Host): Promise<Source> {
  const probe = await Probe.start(host, {
    purpose: 'capture',
    capabilities: ['NET_RAW'],
    // -Z: it stays root, as it has no capability to become somebody else.
    command: [
      ...['tcpdump', '-i', INTERFACE, '-n', '-U', '-Z', 'root', '-w', '-'],
      ...['--immediate-mode', '--time-stamp-precision=nano'],
      ...['-s', `${SNAPSHOT_BYTES}`, '-B', `${BUFFER_KIB}`],
    ],
  });
  await Promise.race([once(probe.stdout, 'readable'), probe.ended]);
  if (probe.stdout.readableLength > 0) return { host, probe };
  const { stderr } = await probe.stop();
  throw new LabError('PROBE_FAILED', `Cannot capture at host "${host.name}": ${stderr.trim()}`);
}
