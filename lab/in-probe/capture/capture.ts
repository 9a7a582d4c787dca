/**
 * The packets of a host, at every physical interface, including those that appear later, when the host joins a network; as frames,
 * see `model/capture-frames.ts`.
 *
 *     eth0 ──▶ Tap ──pcap──┐
 *     eth1 ──▶ Tap ──pcap──┴▶ frames ──▶ print
 */
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { type News, newsFrame } from '../../model/capture-frames.ts';
import { frame } from '../../model/frames.ts';
import type { Output } from '../../model/observer-protocol.ts';
import { HostNetwork } from './host-network.ts';
import type { Tap } from './tap.ts';
import type { Interface } from './wired-interfaces.ts';

/** How often to look for packets. */
const LOOK_EVERY_MS = 10;
/** How many packets of an interface are read until it is the next one's turn: as many times 64. */
const READS_MAX = 16;

let look: Promise<void> | undefined;

/** Resolves when it is time to look: for all captures at once, as each time this program wakes up costs more than the look. */
function nextLook(): Promise<void> {
  look ??= pause(LOOK_EVERY_MS).then(() => {
    look = undefined;
  });
  return look;
}

interface Tapped {
  /** In the frames. */
  readonly number: number;
  readonly tap: Tap;
}

export type Print = (output: Output, data: Buffer) => Promise<void>;

export class Capture {
  /** Resolves when all that was captured has been printed. */
  readonly exitCode: Promise<number>;
  readonly #network: HostNetwork;
  /** By the kernel's number of the interface. */
  readonly #tapped = new Map<number, Tapped>();
  readonly #print: Print;
  #count = 0;
  #isEnding = false;
  #mayPrint: PromiseWithResolvers<void> | undefined;

  /**
   * @param namespace the file descriptor of a network namespace, which may be closed afterwards
   * @param print resolves when there is room for more
   */
  constructor(namespace: number, print: Print) {
    this.#print = print;
    this.#network = new HostNetwork(namespace);
    this.exitCode = this.#run();
  }

  /** What the kernel has captured so far is still printed. */
  end(): void {
    this.#isEnding = true;
    this.resume();
  }

  pause(): void {
    this.#mayPrint ??= Promise.withResolvers();
  }

  resume(): void {
    this.#mayPrint?.resolve();
    this.#mayPrint = undefined;
  }

  async #run(): Promise<number> {
    using network = this.#network;
    try {
      await this.#listen(network.interfaces);
      // Only now: until the kernel stamps all packets, which takes it a moment, they have the time at which they are read.
      await pause(LOOK_EVERY_MS);
      await this.#report({ ready: true });
      while (!this.#isEnding) {
        if (network.takeChanges()) await this.#listen(network.interfaces);
        await ((await this.#pour()) ? turn() : nextLook());
      }
      for (const { tap } of this.#tapped.values()) tap.stop();
      while (await this.#pour());
      return 0;
    } finally {
      for (const index of [...this.#tapped.keys()]) await this.#leave(index);
    }
  }

  async #listen(interfaces: readonly Interface[]): Promise<void> {
    for (const one of interfaces) {
      if (this.#tapped.has(one.index)) continue;
      const tap = this.#network.listen(one);
      if (tap === undefined) continue;
      this.#count += 1;
      this.#tapped.set(one.index, { number: this.#count, tap });
      await this.#report({ began: this.#count, name: one.name, mac: one.mac });
      await this.#print('stdout', frame(this.#count, tap.header));
    }
  }

  /** Prints what has been captured. @returns whether there may be more already */
  async #pour(): Promise<boolean> {
    await this.#mayPrint?.promise;
    const left = await Promise.all([...this.#tapped].map((one) => this.#pourFrom(...one)));
    return left.includes(true);
  }

  async #pourFrom(index: number, { number, tap }: Tapped): Promise<boolean> {
    for (let reads = 0; reads < READS_MAX; reads += 1) {
      const records = tap.read();
      if (records === undefined) await this.#leave(index);
      if (records === undefined || records.length === 0) return false;
      await this.#print('stdout', frame(number, records));
    }
    return true;
  }

  async #leave(index: number): Promise<void> {
    const { number, tap } = this.#tapped.get(index) as Tapped;
    this.#tapped.delete(index);
    await this.#report({ ended: number });
    const missed = tap.close();
    if (missed > 0) await this.#print('stderr', Buffer.from(`${missed}\n`));
  }

  #report(news: News): Promise<void> {
    return this.#print('stdout', newsFrame(news));
  }
}
