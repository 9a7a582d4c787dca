import type { ContainerInspectInfo } from '../engine/docker.ts';

/** What a host has on one of its networks. */
export interface HostInterface {
  /** The network's full name: `socketlab_lab`. */
  readonly network: string;
  /** The hardware address. */
  readonly mac: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  /**
   * What the interface is called in the host, as in `eth0`, where the engine says so (Docker Engine 28 or later, where Compose
   * was told); else a probe finds it by its hardware address.
   */
  readonly name?: string;
}

/** Where the engine says what an interface is called (Docker documentation, "Custom host interface name"). */
const INTERFACE_NAME = 'com.docker.network.endpoint.ifname';

/** The interfaces that a container has, by name of their networks. */
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
