/** Which departure each arrival belongs to, and which packet each fate: decided from all that is known, whatever came first. */

import { isGroup } from '../packets/addresses.ts';
import { fingerprintAtWire, fragmentOf } from '../packets/packet-key.ts';
import type { Handled, Observation, Pair } from '../records/observation.ts';
import { inOrder } from './in-order.ts';
import type { Sights } from './slot.ts';

export function pairUp({ departures, arrivals, handled }: Sights): Pair[] {
  const byDeparture = new Map<Observation, Pair>();
  for (const departure of departures) byDeparture.set(departure, { departure, handled: [] });
  const pairs = [...byDeparture.values()];
  // A router has the same packet twice, as it comes and as it goes on.
  const left = inOrder(departures, arrivals, (one, other) => one.host !== other.host);
  for (const arrival of arrivals) {
    const departure = left.get(arrival);
    const pair = departure && byDeparture.get(departure);
    if (pair) pair.arrival = arrival;
    else if (!isFurtherCopy(pairs, arrival)) pairs.push({ arrival, handled: [] });
  }
  if (handled.length > 0) addFates(pairs, handled);
  return pairs;
}

/** A multicast arrives at many hosts: the first arrival stands for all. */
function isFurtherCopy(
  pairs: readonly Pair[],
  { packet, fingerprint, host }: Observation,
): boolean {
  if (!isGroup(packet)) return false;
  return pairs.some(
    ({ departure, arrival }) =>
      arrival !== undefined &&
      arrival.host !== host &&
      (departure ?? arrival).fingerprint === fingerprint,
  );
}

/** A packet as it was seen closest to the wire. */
interface Seen {
  readonly ns: number;
  readonly fingerprint: string;
  readonly pair: Pair;
}

function addFates(pairs: readonly Pair[], handled: readonly Handled[]): void {
  const fragments = pairs.filter(isReassembled);
  for (const pair of fragments) {
    const { ns = 0 } = pair.arrival ?? pair.departure ?? {};
    pair.handled = handled.filter((one) => one.ns >= ns);
  }
  if (fragments.length > 0) return;
  const seen = pairs.flatMap(seenOf).sort((a, b) => a.ns - b.ns);
  // A multicast is at the wires of several hosts.
  for (const some of Map.groupBy(handled, hostOf).values()) {
    for (const [one, { pair }] of inOrder(seen, some)) pair.handled = [...pair.handled, one];
  }
}

function hostOf({ fates: [fate] }: Handled): string | undefined {
  return fate?.event.host;
}

/** IPv4 reassembles fragments before the wire: they share their fate. */
function isReassembled({ departure, arrival }: Pair): boolean {
  const { packet } = arrival ?? departure ?? {};
  return packet?.ipv4 !== undefined && fragmentOf(packet) !== undefined;
}

function seenOf(pair: Pair): Seen[] {
  const seen = pair.arrival ?? pair.departure;
  return seen ? [{ ns: seen.ns, fingerprint: fingerprintAtWire(seen.packet), pair }] : [];
}
