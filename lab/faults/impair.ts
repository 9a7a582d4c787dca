import { randomBytes } from 'node:crypto';
import { failAfter } from '../all-done.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import { faultSettings } from '../wire/fault-settings.ts';
import type { FaultSettings } from '../wire/faults.ts';
import { Direction } from './direction.ts';
import { Fault } from './fault.ts';
import { HostWire } from './host-wire.ts';

/** What `lab.impair` takes besides the settings of the impairment. */
export interface Between {
  /** The name of the host that sends. */
  readonly from: string;
  /** The name of the host that the packets are on their way to. */
  readonly to: string;
  /** Whether packets the other way are impaired as well. Default: only for a partition. */
  readonly bothWays?: boolean;
}

/** The settings of one impairment, without the addresses, which the lab knows. */
export type Impairment = FaultSettings extends infer S
  ? S extends unknown
    ? Omit<S, 'from' | 'sender'>
    : never
  : never;

/** Impairs the path between two hosts; see `Lab.impair`. */
export async function impair(lab: Lab, fault: Between & Impairment): Promise<Fault> {
  const { from, to, bothWays = fault.kind === 'partition', ...impairment } = fault;
  if (from === to) throw new RangeError(`Cannot impair the path from host "${from}" to itself`);
  const [sender, receiver] = await Promise.all([lab.find(from), lab.find(to)]);
  const seed = impairment.seed ?? randomBytes(4).toString('hex');
  const settings = { ...impairment, seed } as FaultSettings;
  const paths = bothWays
    ? ([
        [sender, receiver],
        [receiver, sender],
      ] as const)
    : ([[sender, receiver]] as const);
  for (const [, at] of paths) faultSettings(settings, at.name);
  const directions: Direction[] = [];
  try {
    for (const [source, at] of paths) directions.push(await impairInto(at, source, settings));
  } catch (error) {
    return failAfter(error, () => new Fault(seed, directions).heal());
  }
  return new Fault(seed, directions);
}

async function impairInto(at: Host, source: Host, settings: FaultSettings): Promise<Direction> {
  await source.requireNetwork('impair the path from');
  await at.requireNetwork('impair the path to');
  const sender = { from: source.addresses, sender: source.name };
  return new Direction(source.name, await HostWire.impair(at, { ...settings, ...sender }));
}
