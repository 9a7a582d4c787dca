/**
 * Paths of the kind that people have at home and under way, for `Lab.impair`; docs/faults.md has them as a table.
 *
 * Sources: the connectivity profiles of WebPageTest (www/settings/connectivity.ini.sample in catchpoint/WebPageTest), of whose
 * round-trip time each direction has half; for the satellite RFC 2488, section 2: 279.0 ms from a ground station by way of the satellite
 * to another, where both are at the edge of its view, and so a round trip of at least 558 ms.
 */
export interface Preset {
  /** The delay in each direction, in milliseconds. */
  readonly delayMs: number;
  /** The bandwidth from `from` to `to`, as of an uplink, in kbit/s. Default: as it is. */
  readonly upKbit?: number;
  /** The bandwidth back, as of a downlink. */
  readonly downKbit?: number;
}

/** The name of a preset. */
export type PresetName = 'cable' | 'dsl' | '3g' | 'edge' | '2g' | 'dial-up' | 'satellite';

/** The presets, by their names. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  cable: { delayMs: 14, upKbit: 1000, downKbit: 5000 },
  dsl: { delayMs: 25, upKbit: 384, downKbit: 1500 },
  '3g': { delayMs: 150, upKbit: 768, downKbit: 1600 },
  edge: { delayMs: 420, upKbit: 200, downKbit: 240 },
  '2g': { delayMs: 650, upKbit: 32, downKbit: 35 },
  'dial-up': { delayMs: 60, upKbit: 30, downKbit: 49 },
  satellite: { delayMs: 279 },
};

/** @throws {TypeError} for a name that there is not; the message has those that there are. */
export function presetOf(name: string): Preset {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName];
  const known = Object.keys(presets).join(', ');
  throw new TypeError(`There is no preset "${name}": it must be one of ${known}`);
}
