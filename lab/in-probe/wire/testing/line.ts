import type { FaultSettings } from '../../../model/faults.ts';
import type { Sink } from '../fates.ts';
import type { Capacity, Wait } from '../in-flight.ts';
import { Pipeline } from '../pipeline.ts';
import { WireFault } from '../wire-fault.ts';
import { type MadeOf, packet } from './packets.ts';

export const MS = 1e6;

/** A pipeline with a time that a test sets, and a record of what came out of it. */
export interface Line {
  readonly pipeline: Pipeline;
  readonly faults: readonly WireFault[];
  /** `5` for packet 5 delivered, `5'` for a copy of it, each with its time in milliseconds. */
  readonly arrived: readonly string[];
  readonly lost: readonly (number | undefined)[];
  /** `lost loss-1 5` of packet 5, `lost loss-1 5'` of a copy of it, `healed loss-1` of a fault. */
  readonly notes: readonly string[];
  arrive(atMs: number, made?: MadeOf): void;
  advance(atMs: number): void;
}

export function line(settings: readonly FaultSettings[], capacity?: Partial<Capacity>): Line {
  const arrived: string[] = [];
  const lost: (number | undefined)[] = [];
  const notes: string[] = [];
  let nowMs = 0;
  const sink: Sink = {
    deliver: ({ id, headers, bytes }) => {
      const number = bytes.readUInt16BE(headers.transportAt);
      arrived.push(`${number}${id === undefined ? "'" : ''}@${nowMs}`);
      return true;
    },
    lose: ({ bytes, headers }) => lost.push(bytes.readUInt16BE(headers.transportAt)),
    note: (fate, fault, { id, headers: { fromPort } }) =>
      notes.push(`${fate} ${fault.id} ${fromPort}${id === undefined ? "'" : ''}`),
    change: (change, fault) => notes.push(`${change} ${fault.id}`),
  };
  const pipeline = new Pipeline(sink, capacity);
  const faults = settings.map((one, index) => {
    const id = one.id ?? `${one.kind}-${index + 1}`;
    const fault = new WireFault(one, {
      id,
      host: 'b',
      seed: one.seed ?? 'seed',
    });
    pipeline.add(fault);
    return fault;
  });
  let count = 0;
  const advance = (atMs: number) => {
    // Each timer at its own time, as a clock would.
    for (
      let next = pipeline.nextNs;
      next !== undefined && next <= atMs * MS;
      next = pipeline.nextNs
    ) {
      nowMs = next / MS;
      pipeline.advance(next);
    }
    nowMs = atMs;
    pipeline.advance(atMs * MS);
  };
  const arrive = (atMs: number, made: MadeOf = {}) => {
    advance(atMs);
    count += 1;
    pipeline.arrive(packet({ id: count, fromPort: count, ...made }, atMs * MS), atMs * MS);
  };
  return { pipeline, faults, arrived, lost, notes, arrive, advance };
}

/** Sends `count` packets, a millisecond apart. */
export function send(to: Line, count: number, made: MadeOf = {}): void {
  for (let number = 0; number < count; number += 1) to.arrive(number, made);
}

/** One of the faults, the first by default. */
export function fault({ faults }: Line, index = 0): WireFault {
  const found = faults[index];
  if (found === undefined) throw new Error(`There is no fault ${index}`);
  return found;
}

/** Heals the first fault. */
export function heal(wire: Line, atMs: number): void {
  wire.advance(atMs);
  wire.pipeline.remove(fault(wire), atMs * MS);
}

/** What waits at the first fault. */
export function firstWait(wire: Line): Wait {
  const [wait] = wire.pipeline.waitsAt(fault(wire));
  if (wait === undefined) throw new Error('Nothing waits');
  return wait;
}
