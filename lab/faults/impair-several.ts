import type { Roster } from '../hosts/roster.ts';
import { type PresetName, presetOf } from '../model/presets.ts';
import { Faults } from './faults.ts';
import { type Between, type ImpairmentSettings, impairAll } from './impair.ts';

/** Several impairments of one path. */
export interface Several extends Between {
  /** In the order in which they act on a packet. */
  readonly impairments: readonly ImpairmentSettings[];
}

/** A path as people have it: delay both ways, and the bandwidths of an uplink and a downlink. */
export interface OfPreset {
  /** The name of the host that is at the end of the line: what it sends takes the uplink. */
  readonly from: string;
  /** The name of the other host. */
  readonly to: string;
  /** Which kind of path; docs/faults.md has their values and sources. */
  readonly preset: PresetName;
  /** How long it lasts, in milliseconds. Default: until it is healed. */
  readonly forMs?: number;
}

/** Begins all of them at the same time, or none; see `Lab.impair`. */
export async function impairSeveral(roster: Roster, path: Several | OfPreset): Promise<Faults> {
  return new Faults(await impairAll(roster, faultsOf(path)));
}

/** First what fits through, and then how long it takes, as on a line. */
export function faultsOf(path: Several | OfPreset): (Between & ImpairmentSettings)[] {
  if ('impairments' in path) {
    const { impairments, ...between } = path;
    return impairments.map((one) => ({ ...between, ...one }));
  }
  const { from, to, preset, ...time } = path;
  const { delayMs, upKbit, downKbit } = presetOf(preset);
  const up = { from, to, bothWays: false, ...time };
  const down = { from: to, to: from, bothWays: false, ...time };
  const rates: (Between & ImpairmentSettings)[] = [];
  if (upKbit !== undefined) rates.push({ kind: 'rate', rateKbit: upKbit, ...up });
  if (downKbit !== undefined) rates.push({ kind: 'rate', rateKbit: downKbit, ...down });
  return [...rates, { kind: 'delay', delayMs, ...up, bothWays: true }];
}
