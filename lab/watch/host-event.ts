import type { HostEvent } from '../event.ts';
import type { Host } from '../host.ts';

/** What a host is now. */
export function hostEvent({ name, role, state, addresses }: Host): HostEvent {
  const atNs = `${Date.now()}000000`;
  return { kind: 'host', atNs, host: name, ...(role && { role }), state, addresses };
}
