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
  /** The host that the packets are on their way to. */
  readonly host: string;
  readonly seed: string;
}

interface Beginning {
  /** Nanoseconds on the wire's own clock. */
  readonly startedNs: number;
  /** The same on the kernel's real-time clock, as in an event. */
  readonly startedAtNs: string;
}

/** What becomes of a packet at a fault. */
export interface Meeting {
  readonly fate: Fate;
  /** Of its packets on the line, those that the fault is for. */
  readonly share: Share;
}

/** One impairment: its settings, its state, its count. */
export class WireFault {
  readonly id: string;
  readonly seed: string;
  readonly settings: FaultSettings;
  readonly tally = new Tally();
  /** Packets that wait here to be let go. */
  waiting = 0;
  readonly #impairment: Impairment;
  readonly #matches: (packet: WirePacket) => number;
  /** The packet that is decided upon. */
  #isIcmp = false;
  #beginning: Beginning = { startedNs: 0, startedAtNs: '0' };

  constructor(settings: FaultSettings, { id, host, seed }: FaultOptions) {
    this.id = id;
    this.seed = seed;
    this.settings = settings;
    // Both ways with one seed, and two kinds with one, are independent of each other.
    const name = `${settings.kind} ${host}`;
    const [random, ofIcmp] = [randomStream(seed, name), randomStream(seed, `${name} icmp`)];
    // The kernel limits how many ICMP errors it sends: fates of other packets must not depend on them.
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

  /** What becomes of a packet that gets here at `nowNs`; undefined when the fault is not for it. */
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
