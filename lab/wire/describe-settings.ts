import type { FaultSettings } from './faults.ts';

/** What was asked for, as `loss percent=30 protocol=udp`: without whom it is for, and without what was drawn. */
export function describeSettings(settings: FaultSettings): string {
  const { kind, id: _id, seed: _seed, from: _from, sender: _sender, ...rest } = settings;
  const words = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return [kind, ...words].join(' ');
}
