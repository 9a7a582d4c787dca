/**
 * Live captures of hosts, by the observer: a socket at each of their interfaces; one stream of decoded packets.
 *
 *     host a ◀─ sockets ──pcap, an interface each──▶ HostCapture ─▶ decodePacket ─┐
 *     host b ◀─ sockets ──pcap, an interface each──▶ HostCapture ─▶ decodePacket ─┴▶ PacketEvent, PacketEvent, …
 */

import { allDone, failAfter } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import type { PacketEvent } from '../model/event.ts';
import type { LabError } from '../model/lab-error.ts';
import { merge } from '../util/merge.ts';
import { HostCapture } from './host-capture.ts';

/** How a capture reports trouble. */
export interface CaptureOptions {
  /**
   * Called after the last packet of a host that can no longer be captured: it has stopped, or was restarted, and with that got
   * a new network. The other hosts are captured as before.
   */
  readonly onTrouble?: (error: LabError) => void;
}

/**
 * Packets of some hosts, as they come, at all their interfaces except loopback, including those that appear later. The packets
 * of one interface are in time order; those of several, nearly so.
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
   * Resolves when every host is being captured: no later packet is missed.
   *
   * @throws {LabError} if a host is not running, or cannot be captured.
   */
  static async start(hosts: readonly Host[], options: CaptureOptions = {}): Promise<Capture> {
    const results = await Promise.allSettled(hosts.map((host) => HostCapture.start(host)));
    const sources = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return new Capture(sources, options);
    return failAfter(failed.reason, () => allDone(sources.map((source) => source.stop())));
  }

  /** The names of the captured hosts. */
  get hosts(): string[] {
    return this.#sources.map(({ host }) => host.name);
  }

  /** The names of the interfaces in a file, as far as they are known: `tcp-server`, or `a:eth0` if the host has several. */
  get interfaces(): string[] {
    return this.#sources.flatMap((source) => source.interfaces);
  }

  /** How many packets the kernel dropped because they came faster than they were read; known when the capture has ended. */
  async missed(): Promise<number> {
    const missed = await Promise.all(this.#sources.map((source) => source.missed()));
    return missed.reduce((sum, count) => sum + count, 0);
  }

  /** The packets, as they come. They end when it stops. */
  [Symbol.asyncIterator](): AsyncIterator<PacketEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the capture: packets so far can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    await allDone(this.#sources.map((source) => source.stop()));
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.destroy();
    await this.stop();
  }
}
