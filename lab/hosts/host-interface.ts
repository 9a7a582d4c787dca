import type { ContainerInspectInfo } from '../engine/docker.ts';

/** An interface of a host, on one of its networks. */
export interface HostInterface {
  /** The network's full name: `socketlab_lab`. */
  readonly network: string;
  /** The hardware address. */
  readonly mac: string;
  /** Its IPv4 address. */
  readonly ipv4?: string;
  /** Its IPv6 address. */
  readonly ipv6?: string;
  /**
   * The name of the interface in the host, such as `eth0`, if the engine knows it (Docker Engine 28 or later, if Compose sets
   * it); otherwise a probe finds it by its hardware address.
   */
  readonly name?: string;
}

/** The option that sets the name of an interface (Docker documentation, "Custom host interface name"). */
const INTERFACE_NAME = 'com.docker.network.endpoint.ifname';

/** The interfaces of a container, sorted by the names of their networks. */
export function interfacesOf({ NetworkSettings }: ContainerInspectInfo): HostInterface[] {
  return Object.entries(NetworkSettings.Networks)
    .filter(([, { MacAddress }]) => MacAddress !== '')
    .map(([network, endpoint]) => {
      const { MacAddress: mac, IPAddress: ipv4, GlobalIPv6Address: ipv6 } = endpoint;
      const { DriverOpts } = endpoint as { DriverOpts?: Readonly<Record<string, string>> | null };
      const name = DriverOpts?.[INTERFACE_NAME];
      return { network, mac, ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }), ...(name && { name }) };
    })
    .sort((a, b) => (a.network < b.network ? -1 : 1));
}
