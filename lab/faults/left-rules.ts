import { allDone } from '../engine/all-done.ts';
import { networkHostsOf } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import { hasProbeImage } from '../probes/probe-image.ts';
import { HostWire } from './host-wire.ts';
import { removeRules } from './wire-probe.ts';

/**
 * Removes the kernel's rules that killed wires have left in a lab. Wires that have a fault stay.
 *
 * @returns the names of the hosts that had some.
 */
export async function removeLeftRules(roster: Roster): Promise<string[]> {
  // Without an image of probes no wire was ever here, and none is built to look for its rules.
  if (!(await hasProbeImage())) return [];
  const all = await roster.hosts();
  const up = all.filter(({ state, hasNetwork }) => state === 'running' && hasNetwork);
  const hosts = networkHostsOf(up, all);
  const wires = await HostWire.find(hosts);
  const found = await allDone(
    hosts.map(async (host) => {
      const wire = wires.find((one) => one.host === host && !one.isPast);
      if (wire === undefined) return (await removeRules(host)) ? [host.name] : [];
      // One without a fault was left by a tool that was killed before it could add one: it ends.
      await wire.remove([]);
      return [];
    }),
  );
  return found.flat();
}
