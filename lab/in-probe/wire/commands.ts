/** Carries out the commands of model/wire-commands.ts. */
import type { Decision, WireError, WireErrorCode, WireReply } from '../../model/wire-commands.ts';
import { monotonicNs } from './clock.ts';
import type { Session } from './session.ts';
import { WireEnded } from './wire-ended.ts';

const MAX_WAIT_MS = 60_000;
const MAX_DELAY_MS = 86_400_000;
/** How far ahead a fault may be set to begin. */
const MAX_LEAD_NS = 10e9;
const actions = ['deliver', 'drop', 'duplicate', 'delay'] as const;

/** Carries out one command. It never rejects: the reply says what went wrong. */
export async function reply(line: string, session: Session): Promise<WireReply & { n?: unknown }> {
  let n: unknown;
  try {
    const args = parsed(line);
    n = args['n'];
    return { n, ...(await carryOut(args, session)) };
  } catch (error) {
    return { n, ok: false, error: wireError(error) };
  }
}

function wireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { code: 'FAILED', message: String(error) };
  return { code: codeOf(error), message: error.message };
}

function codeOf(error: Error): WireErrorCode {
  if (error instanceof WireEnded) return error.code;
  if (error instanceof RangeError) return 'OUT_OF_RANGE';
  return error instanceof TypeError ? 'WRONG_TYPE' : 'FAILED';
}

type Arguments = Readonly<Record<string, unknown>>;

function parsed(line: string): Arguments {
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null) return value as Arguments;
  throw new TypeError('Cannot carry out a command: it must be a JSON object');
}

async function carryOut(args: Arguments, session: Session): Promise<WireReply> {
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
    case 'remove': {
      const removed = await wire.remove(ids(args['ids']));
      const { faults, prepared } = wire.status;
      return { ok: true, removed, left: faults.length + prepared.length };
    }
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
  throw new TypeError(`ids must be a list of strings, but is ${JSON.stringify(value)}`);
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
