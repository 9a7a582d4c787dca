import type { Host } from '../hosts/host.ts';
import type { HostFault } from '../model/fault-report.ts';
import { forgetEnd } from './ended-hosts.ts';

/** The fault of a host itself; undefined if it has none. @param isByFault whether a fault has ended its last run */
export function hostFault(
  { name, state, exitCode }: Host,
  isByFault: boolean,
): HostFault | undefined {
  if (state === 'running' || state === 'restarting') return undefined;
  if (state === 'paused') return { id: `${name}/paused`, host: name, state };
  return { id: `${name}/ended`, host: name, state: 'ended', exitCode, isByFault };
}

/** Unpauses a host that is paused, and starts one that has ended. */
export async function healHost(host: Host): Promise<void> {
  if (host.state === 'paused') await host.unpause();
  else await host.start();
  await forgetEnd(host);
}
