import type { Host } from '../host.ts';

/** A host that is out of action: it is as much a fault as an impaired path, and can be healed. */
export interface HostFault {
  /** The host's name, and what is wrong with it. */
  readonly id: string;
  readonly host: string;
  readonly state: 'paused' | 'stopped';
}

/** What is wrong with a host itself; undefined when nothing is. One that ended by itself counts as stopped too. */
export function hostFault(host: Host): HostFault | undefined {
  if (host.state === 'running' || host.state === 'restarting') return undefined;
  const state = host.state === 'paused' ? 'paused' : 'stopped';
  return { id: `${host.name}/${state}`, host: host.name, state };
}

/** Has a host that is paused go on, and starts one that has stopped. */
export async function healHost(host: Host): Promise<void> {
  if (host.state === 'paused') await host.unpause();
  else await host.start();
}
