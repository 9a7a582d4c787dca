import { allDone } from '../engine/all-done.ts';
import { networkHostsOf } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import { hasProbeImage } from '../probes/probe-image.ts';
import { HostWire } from './host-wire.ts';
import { leftRules } from './wire-probe.ts';

/**
 * Removes the kernel's rules that killed wires have left in a lab, or only finds them. Wires that have a fault stay.
 *
 * @returns the names of the hosts that had such rules
 */
export async function sweepLeftRules(roster: Roster, { dryRun = false } = {}): Promise<string[]> {
  // Without a probe image there was never a wire on this machine, and none is built to look for rules.
  if (!(await hasProbeImage())) return [];
  const all = await roster.hosts();
  const up = all.filter(({ state, hasNetwork }) => state === 'running' && hasNetwork);
  const hosts = networkHostsOf(up, all);
  const wires = await HostWire.find(hosts);
  const found = await allDone(
    hosts.map(async (host) => {
      const wire = wires.find((one) => one.host === host && !one.isPast);
      if (wire === undefined) {
        return (await leftRules(host, dryRun ? 'find' : 'remove')) ? [host.name] : [];
      }
      const status = await wire.statusIfThere();
      // A wire without a fault was left by a process that was killed before it could add one: it is ended.
      if (!dryRun) await wire.remove([]);
      return status?.isKilled ? [host.name] : [];
    }),
  );
  return found.flat();
}
