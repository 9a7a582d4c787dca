import { Fault } from '../fault.ts';
import type { FaultSettings } from '../faults.ts';
import { type Outlet, Pipeline } from '../pipeline.ts';
import { type MadeOf, packet } from './packets.ts';

export const MS = 1e6;

/** A pipeline with a time that a test sets, and a record of what came out of it. */
export interface Line {
  readonly pipeline: Pipeline;
  readonly faults: readonly Fault[];
  /** `5` for packet 5 delivered, `5'` for a copy of it, each with its time in milliseconds. */
  readonly arrived: readonly string[];
  readonly lost: readonly (number | undefined)[];
  readonly notes: readonly string[];
  arrive(atMs: number, made?: MadeOf): void;
  advance(atMs: number): void;
}

export function line(settings: readonly FaultSettings[], capacity?: number): Line {
  const arrived: string[] = [];
  const lost: (number | undefined)[] = [];
  const notes: string[] = [];
  let nowMs = 0;
  const outlet: Outlet = {
    deliver: ({ id, headers, bytes }) => {
      const number = bytes.readUInt16BE(headers.transportAt);
      arrived.push(`${number}${id === undefined ? "'" : ''}@${nowMs}`);
    },
    lose: ({ bytes, headers }) => lost.push(bytes.readUInt16BE(headers.transportAt)),
    note: (fate, fault, { id }) => notes.push(`${fate} ${fault.id} ${id ?? 'copy'}`),
  };
  const pipeline = new Pipeline(outlet, capacity);
  const faults = settings.map((one, index) => {
    const fault = new Fault(one, one.id ?? `${one.kind}-${index + 1}`, one.seed ?? 'seed', 0);
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
