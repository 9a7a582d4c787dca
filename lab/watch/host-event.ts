import type { HostEvent } from '../model/event.ts';
import type { WatchedHost } from './watched-hosts.ts';

/** The state of a host now. */
export function hostEvent({ host, sharesNetworkOf }: WatchedHost): HostEvent {
  const { name, role, state, addresses, interfaces } = host;
  const atNs = `${Date.now()}000000`;
  const hardwareAddresses = interfaces.map(({ mac }) => mac);
  return {
    kind: 'host',
    atNs,
    host: name,
    ...(role && { role }),
    state,
    addresses,
    ...(sharesNetworkOf !== undefined && { sharesNetworkOf }),
    ...(hardwareAddresses.length > 0 && { hardwareAddresses }),
  };
}
