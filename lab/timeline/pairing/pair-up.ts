/** Which departure each arrival belongs to, and which packet each fate: decided from all that is known, whatever came first. */

import type { FateEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import { between } from '../../util/nanoseconds.ts';
import { isGroup } from '../packets/addresses.ts';
import { isEnd, isKept } from '../packets/fates.ts';
import { datagramDigest, fragmentOf, ipBytes } from '../packets/packet-key.ts';
import type { Observation, Pair } from '../records/observation.ts';

/** A fate, when it was decided. */
export interface Fated {
  readonly ns: number;
  readonly event: FateEvent;
}

/** All lists are in time order. */
export function pairUp(
  departures: readonly Observation[],
  arrivals: readonly Observation[],
  fates: readonly Fated[],
): Pair[] {
  const pairs: Pair[] = departures.map((departure) => ({ departure, fates: [] }));
  for (const arrival of arrivals) {
    const pair = pairs.find((candidate) => takes(candidate, arrival));
    if (pair) pair.arrival = arrival;
    else if (!isFurtherCopy(pairs, arrival)) pairs.push({ arrival, fates: [] });
  }
  const ends: Fated[] = [];
  for (const fate of fates) {
    const fated = fatedBy(pairs, fate);
    for (const pair of fated ?? []) pair.fates.push(fate.event);
    if (fated === undefined) ends.push(fate);
  }
  for (const end of ends.reverse()) endLatest(pairs, end);
  return pairs;
}

/** The last of several ends belongs to the last packet that had arrived by then: a wire handles them in order. */
function endLatest(pairs: readonly Pair[], end: Fated): void {
  const pair = pairs.findLast((candidate) => isMeant(candidate, end) && !hasEnded(candidate));
  if (pair === undefined) return;
  pair.fates.push(end.event);
  pair.fates.sort((a, b) => between(b.atNs, a.atNs));
}

/** A packet has one end, and each of its copies another. */
function hasEnded({ fates }: Pair): boolean {
  const copies = fates.filter(({ fate }) => fate === 'duplicated').length;
  return fates.filter(({ fate }) => isEnd(fate)).length > copies;
}

function takes({ departure, arrival }: Pair, { ns, fingerprint, host }: Observation): boolean {
  if (departure === undefined || arrival !== undefined) return false;
  return departure.ns <= ns && departure.fingerprint === fingerprint && departure.host !== host;
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

/** @returns `undefined` for an end of which it is not yet known whose it is */
function fatedBy(pairs: readonly Pair[], fate: Fated): Pair[] | undefined {
  const before = pairs.filter((pair) => isMeant(pair, fate));
  // IPv4 reassembles fragments before the wire: they share their fate.
  const fragments = before.filter(({ departure, arrival }) => {
    const packet = (departure ?? arrival)?.packet;
    return packet?.ipv4 !== undefined && fragmentOf(packet) !== undefined;
  });
  if (fragments.length > 0) return fragments;
  const { fate: name } = fate.event;
  const waiting = before.find(({ fates }) => isKept(fates));
  if (name === 'delivered' && waiting) return [waiting];
  if (isEnd(name)) return undefined;
  const fresh = before.filter(({ fates }) => !fates.some((known) => known.fate === name));
  const latest = firstOfWhole(fresh) ?? before.at(-1);
  return latest ? [latest] : [];
}

/** The latest one; of pieces that were captured as one, which the wire handles one by one, the first. */
function firstOfWhole(pairs: readonly Pair[]): Pair | undefined {
  const latest = pairs.at(-1);
  const whole = wholeOf(latest);
  return whole ? pairs.find((pair) => wholeOf(pair) === whole) : latest;
}

function wholeOf({ departure, arrival }: Partial<Pair> = {}): Packet | undefined {
  return (departure ?? arrival)?.piece?.whole;
}

function isMeant({ departure, arrival }: Pair, { ns, event }: Fated): boolean {
  const observation = arrival ?? departure;
  if (observation === undefined || observation.ns > ns) return false;
  const { udp } = observation.packet;
  const { fromPort, toPort, length, digest } = event.packet;
  // Numbers are soon reused: the datagrams of one piece count on from its number, while the next piece's is chosen anew.
  if (udp && !fragmentOf(observation.packet) && ipBytes(observation.packet) !== length)
    return false;
  if (digest !== undefined && digest !== datagramDigest(observation.packet)) return false;
  if (udp === undefined || fromPort === undefined) return true;
  return udp.sourcePort === fromPort && udp.destinationPort === toPort;
}
