import type { Host } from '../hosts/host.ts';

/** A host that is out of action: it is as much a fault as an impaired path, and can be healed. */
export interface HostFault {
  /** The host's name, and what is wrong with it. */
  readonly id: string;
  readonly host: string;
  /** Of one that has ended nobody can tell whether it was told to. */
  readonly state: 'paused' | 'ended';
  /** What it ended with; undefined while it is paused. */
  readonly exitCode?: number;
}

/** What is wrong with a host itself; undefined when nothing is. */
export function hostFault({ name, state, exitCode }: Host): HostFault | undefined {
  if (state === 'running' || state === 'restarting') return undefined;
  if (state === 'paused') return { id: `${name}/paused`, host: name, state };
  return { id: `${name}/ended`, host: name, state: 'ended', exitCode };
}

/** Has a host that is paused go on, and starts one that has ended. */
export async function healHost(host: Host): Promise<void> {
  if (host.state === 'paused') await host.unpause();
  else await host.start();
}
