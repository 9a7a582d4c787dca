import { isKept } from '../packets/fates.ts';
import { wireFingerprintOf } from '../packets/packet-key.ts';
import type { Fated, Handled, Observation } from '../records/observation.ts';
import { WIRE_EXACT_NS } from '../time/tolerances.ts';
import { TimeOrdered } from './time-ordered.ts';

/** How long a packet may wait for its other end, unless the wire keeps it. */
export const KEPT_NS = 20e9;
/** Of each list. */
const SLOT_MAX = 4096;
/** While a packet leaves, arrives and gets to a wire, so many others of its key may. */
const NEAR = 32;

/** What was seen of packets, in the order of time. */
export interface Sights {
  readonly departures: readonly Observation[];
  readonly arrivals: readonly Observation[];
  readonly handled: readonly Handled[];
}

/** What was seen in one piece, and is several packets: how long each is. */
interface Cut {
  readonly ns: number;
  readonly fingerprint: string;
  readonly size: number;
}

/** What has one key: as a rule one packet, sometimes many. */
export class Slot {
  readonly #departures = new TimeOrdered<Observation>();
  readonly #arrivals = new TimeOrdered<Observation>();
  readonly #handled = new TimeOrdered<Handled>();
  readonly #cuts = new TimeOrdered<Cut>();
  latestNs: number;
  /** When it got its place among the others. */
  placeNs: number;

  constructor(ns: number) {
    this.latestNs = ns;
    this.placeNs = ns;
  }

  addDeparture(seen: Observation): void {
    this.#trim();
    this.#departures.add(seen);
  }

  addArrival(seen: Observation): void {
    this.#trim();
    this.#arrivals.add(seen);
  }

  /** @param arrivedNs when the packet got to the wire: the same for all of its fates */
  addFate(fate: Fated, arrivedNs: number): void {
    this.#trim();
    const ns = arrivedNs + WIRE_EXACT_NS;
    const known = this.#handled.at(ns);
    const handled = known ?? { ns, fingerprint: wireFingerprintOf(fate.event.packet), fates: [] };
    handled.fates = [...handled.fates, fate].sort((a, b) => a.ns - b.ns);
    if (known === undefined) this.#handled.add(handled);
  }

  addCut({ ns, fingerprint }: Observation, size: number): void {
    this.#cuts.add({ ns, fingerprint, size });
  }

  /** How long the pieces are of what was seen in one. */
  cutOf({ fingerprint }: Observation): number | undefined {
    return this.#cuts.findLast((cut) => cut.fingerprint === fingerprint)?.size;
  }

  remove(seen: Observation): void {
    this.#departures.delete(seen);
    this.#arrivals.delete(seen);
  }

  /** Whether the wire still has a packet of it. */
  get isKept(): boolean {
    return this.#handled.some(isStillKept);
  }

  get hasFates(): boolean {
    return this.#handled.size > 0;
  }

  /**
   * What was seen next to a time, with all that belongs to the same packets.
   *
   * @param fingerprint only of these; but of all where a wire has reported fates, as it tells less apart. Default: of all
   */
  about(ns: number, fingerprint?: string): Sights {
    const isWanted = (seen: Observation) =>
      fingerprint === undefined || this.hasFates || seen.fingerprint === fingerprint;
    const near = {
      departures: this.#departures.around(ns, NEAR).filter(isWanted),
      arrivals: this.#arrivals.around(ns, NEAR).filter(isWanted),
      handled: this.#handled.around(ns, NEAR),
    };
    const size = Math.max(this.#departures.size, this.#arrivals.size, this.#handled.size);
    return size <= NEAR ? near : whole(near);
  }

  #trim(): void {
    const beforeNs = this.latestNs - KEPT_NS;
    this.#departures.trim(beforeNs, SLOT_MAX, isOfKept);
    this.#arrivals.trim(beforeNs, SLOT_MAX, isOfKept);
    this.#cuts.trim(beforeNs, SLOT_MAX);
    this.#handled.trim(beforeNs, SLOT_MAX, isStillKept);
  }
}

/** With the rest of what belongs to the same packets. */
function whole({ departures, arrivals, handled }: Sights): Sights {
  const all = {
    departures: new Set(departures),
    arrivals: new Set(arrivals),
    handled: new Set(handled),
  };
  for (const { record } of [...departures, ...arrivals, ...handled]) {
    const { departure, arrival } = record ?? {};
    // One that arrived merged with another packet has that one's arrival.
    if (departure && departure.record === record) all.departures.add(departure);
    if (arrival && arrival.record === record) all.arrivals.add(arrival);
    for (const one of record?.handled ?? []) all.handled.add(one);
  }
  return {
    departures: inTime(all.departures),
    arrivals: inTime(all.arrivals),
    handled: inTime(all.handled),
  };
}

function inTime<T extends { readonly ns: number }>(items: Set<T>): T[] {
  return [...items].sort((a, b) => a.ns - b.ns);
}

function isOfKept({ record }: Observation): boolean {
  return record?.handled.some(isStillKept) === true;
}

function isStillKept({ fates }: Handled): boolean {
  return isKept(fates.map(({ event }) => event));
}
