/**
 * The commands that the program understands: one JSON object a line in, one back, with the same `n` where it has one.
 *
 *     { "command": "add", "fault": { "kind": "loss", "percent": 10 } }
 *     { "command": "add", "fault": …, "isPrepared": true }   in effect only from then on:
 *     { "command": "begin", "ids": ["loss-1"], "atNs": 81234567890 }   on the kernel's monotonic clock
 *     { "command": "keep", "ids": ["loss-1"] }            they do not end with the connection that they were begun on
 *     { "command": "remove", "ids": ["loss-1"] }          without ids: all; with the last fault the program ends
 *     { "command": "status" }
 *     { "command": "next-held", "after": 0, "timeoutMs": 5000 }
 *     { "command": "decide", "id": 1, "action": "deliver" | "drop" | "duplicate" | "delay", "delayMs": 100 }
 *
 * Whatever ends a fault, every connection is told unasked what it did: `{ "healed": { "id": "loss-1", … } }`.
 */
import type { EventEmitter } from 'node:events';
import { monotonicNs } from './clock.ts';
import type { Session } from './session.ts';
import type { Decision, FaultStatus, HeldPacket, WireStatus } from './status.ts';

export type Reply =
  | { readonly ok: true; readonly fault: FaultStatus; readonly clockNs: number }
  | { readonly ok: true; readonly faults: readonly FaultStatus[] }
  | { readonly ok: true; readonly removed: readonly FaultStatus[]; readonly left: number }
  | { readonly ok: true; readonly status: WireStatus }
  | { readonly ok: true; readonly held: HeldPacket | null }
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly name: string; readonly message: string } };

/** What the commands act on: the wire. */
export interface Commanded {
  readonly status: WireStatus;
  /** Tells of each fault that is over what it did. */
  readonly ends: EventEmitter<{ healed: [FaultStatus] }>;
  add(settings: unknown, options: { isPrepared: boolean }): Promise<FaultStatus>;
  begin(ids: readonly string[], atNs: number): Promise<FaultStatus[]>;
  remove(ids?: readonly string[]): Promise<FaultStatus[]>;
  nextHeld(after: number, timeoutMs: number): Promise<HeldPacket | undefined>;
  decide(id: number, decision: Decision): void;
}

const MAX_WAIT_MS = 60_000;
const MAX_DELAY_MS = 86_400_000;
/** For a fault to begin. */
const MAX_LEAD_NS = 10e9;
const actions = ['deliver', 'drop', 'duplicate', 'delay'] as const;

/** Carries one command out. It never rejects: what went wrong is in the reply. */
export async function reply(line: string, session: Session): Promise<Reply & { n?: unknown }> {
  let n: unknown;
  try {
    const args = parsed(line);
    n = args['n'];
    return { n, ...(await carryOut(args, session)) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { n, ok: false, error: { name, message } };
  }
}

type Arguments = Readonly<Record<string, unknown>>;

function parsed(line: string): Arguments {
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null) return value as Arguments;
  throw new TypeError('Cannot carry a command out: it must be a JSON object');
}

async function carryOut(args: Arguments, session: Session): Promise<Reply> {
  const { wire } = session;
  switch (args['command']) {
    case 'add': {
      const fault = await session.add(args['fault'], { isPrepared: args['isPrepared'] === true });
      return { ok: true, fault, clockNs: monotonicNs() };
    }
    case 'begin': {
      const atNs = number(args, 'atNs', { max: monotonicNs() + MAX_LEAD_NS });
      return { ok: true, faults: await session.begin(ids(args['ids']) ?? [], atNs) };
    }
    case 'keep':
      session.keep(ids(args['ids']) ?? []);
      return { ok: true };
    case 'remove':
      return {
        ok: true,
        removed: await wire.remove(ids(args['ids'])),
        left: wire.status.faults.length,
      };
    case 'status':
      return { ok: true, status: wire.status };
    case 'next-held': {
      const after = number(args, 'after', { max: Number.MAX_SAFE_INTEGER, otherwise: 0 });
      const timeoutMs = number(args, 'timeoutMs', { max: MAX_WAIT_MS, otherwise: 0 });
      return { ok: true, held: (await wire.nextHeld(after, timeoutMs)) ?? null };
    }
    case 'decide':
      wire.decide(number(args, 'id', { max: Number.MAX_SAFE_INTEGER }), decision(args));
      return { ok: true };
    default:
      throw new TypeError(`There is no command ${JSON.stringify(args['command'])}`);
  }
}

function ids(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value;
  throw new TypeError(`ids must be a list of texts, but is ${JSON.stringify(value)}`);
}

function decision(args: Arguments): Decision {
  const action = actions.find((known) => known === args['action']);
  if (action === 'delay')
    return { action, delayMs: number(args, 'delayMs', { max: MAX_DELAY_MS }) };
  if (action !== undefined) return { action };
  const found = JSON.stringify(args['action']);
  throw new TypeError(`action must be one of ${actions.join(', ')}, but is ${found}`);
}

function number(
  args: Arguments,
  name: string,
  { max, otherwise }: { max: number; otherwise?: number },
): number {
  const value = args[name] ?? otherwise;
  if (typeof value === 'number' && value >= 0 && value <= max) return value;
  const found = JSON.stringify(value);
  throw new RangeError(`${name} must be a number from 0 to ${max}, but is ${found}`);
}
