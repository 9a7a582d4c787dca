/**
 * Live captures of hosts: one probe a host, with a tcpdump at each of its interfaces; one stream of decoded packets.
 *
 *     host a ◀─ probe ──pcap, an interface each──▶ HostCapture ─▶ decodePacket ─┐
 *     host b ◀─ probe ──pcap, an interface each──▶ HostCapture ─▶ decodePacket ─┴▶ PacketEvent, PacketEvent, …
 */

import { allDone, failAfter } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import type { PacketEvent } from '../model/event.ts';
import type { LabError } from '../model/lab-error.ts';
import { merge } from '../util/merge.ts';
import { HostCapture } from './host-capture.ts';

export interface CaptureOptions {
  /**
   * Told when a host can be seen no longer, behind its last packet: it has ended, or was restarted, and what is started again
   * has another network. The other hosts are captured as before.
   */
  readonly onTrouble?: (error: LabError) => void;
}

/**
 * Packets of some hosts, as they come, at all of their interfaces but loopback, also at those that come later. Those of one
 * interface are in the order of their times; those of several nearly so.
 *
 * @example
 * await using capture = await Capture.start([server, client]);
 * for await (const { host, packet } of capture) if (packet.tcp?.flags.syn) break;
 */
export class Capture implements AsyncDisposable, AsyncIterable<PacketEvent> {
  readonly #sources: readonly HostCapture[];
  readonly #events: ReturnType<typeof merge<PacketEvent>>;

  private constructor(sources: readonly HostCapture[], { onTrouble }: CaptureOptions) {
    this.#sources = sources;
    this.#events = merge(sources.map((source) => source.packets(onTrouble)));
  }

  /**
   * Resolves when every host is listened to: no later packet is missed.
   *
   * @throws {LabError} when a host is not running, or cannot be listened to.
   */
  static async start(hosts: readonly Host[], options: CaptureOptions = {}): Promise<Capture> {
    const results = await Promise.allSettled(hosts.map((host) => HostCapture.start(host)));
    const sources = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return new Capture(sources, options);
    return failAfter(failed.reason, () => allDone(sources.map((source) => source.stop())));
  }

  /** The names of the hosts that it listens to. */
  get hosts(): string[] {
    return this.#sources.map(({ host }) => host.name);
  }

  /** What the interfaces are called in a file, as far as they are known by now: `tcp-server`; of a host with several `a:eth0`. */
  get interfaces(): string[] {
    return this.#sources.flatMap((source) => source.interfaces);
  }

  /** Packets that the kernel dropped because they came faster than they were read; known when the capture has ended. */
  async missed(): Promise<number> {
    const missed = await Promise.all(this.#sources.map((source) => source.missed()));
    return missed.reduce((sum, count) => sum + count, 0);
  }

  [Symbol.asyncIterator](): AsyncIterator<PacketEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the capture: what was captured until now can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    await allDone(this.#sources.map((source) => source.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.destroy();
    await this.stop();
  }
}
