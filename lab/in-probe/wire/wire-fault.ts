import type { FaultSettings } from '../../model/faults.ts';
import { randomStream } from '../../util/random.ts';
import { ICMP, ICMPV6 } from './headers.ts';
import type { Fate, Impairment } from './impairment.ts';
import { impairment } from './impairments.ts';
import { matcher } from './match.ts';
import type { WirePacket } from './packet.ts';
import { type Share, Tally } from './tally.ts';

interface FaultOptions {
  readonly id: string;
  /** The receiving host. */
  readonly host: string;
  readonly seed: string;
}

interface Beginning {
  /** Nanoseconds on the wire's own clock. */
  readonly startedNs: number;
  /** The same on the kernel's real-time clock, as in an event. */
  readonly startedAtNs: string;
}

/** The fate of a packet at a fault. */
export interface Meeting {
  readonly fate: Fate;
  /** Those of its packets on the line that the fault matches. */
  readonly share: Share;
}

/** A fault in a wire: its settings, its state, its counters. */
export class WireFault {
  readonly id: string;
  readonly seed: string;
  readonly settings: FaultSettings;
  readonly tally = new Tally();
  /** How many packets wait here to be released. */
  waiting = 0;
  readonly #impairment: Impairment;
  readonly #matches: (packet: WirePacket) => number;
  /** Whether the packet whose fate is being decided is ICMP. */
  #isIcmp = false;
  #beginning: Beginning = { startedNs: 0, startedAtNs: '0' };

  constructor(settings: FaultSettings, { id, host, seed }: FaultOptions) {
    this.id = id;
    this.seed = seed;
    this.settings = settings;
    // Both directions with one seed, and two kinds with one seed, are independent of each other.
    const name = `${settings.kind} ${host}`;
    const [random, ofIcmp] = [randomStream(seed, name), randomStream(seed, `${name} icmp`)];
    // The kernel rate-limits ICMP errors: the fates of other packets must not depend on how many there are.
    const drawn = () => (this.#isIcmp ? ofIcmp() : random());
    this.#impairment = impairment(settings, drawn, () => this.waiting);
    this.#matches = matcher(settings);
  }

  get startedNs(): number {
    return this.#beginning.startedNs;
  }

  get startedAtNs(): string {
    return this.#beginning.startedAtNs;
  }

  /** It is in effect from now on. */
  begin(beginning: Beginning): void {
    this.#beginning = beginning;
  }

  /** The fate of a packet that gets here at `nowNs`; undefined if the fault does not match it. */
  meet(packet: WirePacket, nowNs: number): Meeting | undefined {
    this.tally.add('seen', packet.onLine.length);
    const count = this.#matches(packet);
    if (count === 0) return undefined;
    const share = { packets: count, bytes: sum(packet.onLine.slice(0, count)) };
    this.tally.add('matched', share.packets);
    this.tally.add('matchedBytes', share.bytes);
    const { protocol } = packet.headers;
    this.#isIcmp = protocol === ICMP || protocol === ICMPV6;
    return { fate: this.#impairment.decide(packet, nowNs, count), share };
  }
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}
