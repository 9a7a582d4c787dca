/** The headers of the link layer, and ARP. */

/** The link layer with which a captured packet begins. */
export type LinkType = 'ethernet' | 'linux-sll2' | 'raw-ip';

/** The header of an Ethernet frame (IEEE 802.3, clause 3). */
export interface Ethernet {
  readonly destination: string;
  readonly source: string;
  /** The protocol of the payload; below 1536 it is the length of an IEEE 802.3 frame instead, whose payload is not decoded. */
  readonly etherType: number;
}

/** The pseudo-header of packets from a capture on all interfaces (LINKTYPE_LINUX_SLL2; see packet(7) for the fields). */
export interface LinuxCooked {
  /** An EtherType. */
  readonly protocol: number;
  readonly interfaceIndex: number;
  /** An ARPHRD_ number: 1 is Ethernet, 772 is loopback. */
  readonly hardwareType: number;
  /** The kind of receiver, according to the capturing kernel. */
  readonly packetType: 'host' | 'broadcast' | 'multicast' | 'other-host' | 'outgoing' | 'unknown';
  /** The sender's link-layer address. */
  readonly address: string;
}

/** A VLAN tag (IEEE 802.1Q, clause 9.6). */
export interface VlanTag {
  readonly priorityCodePoint: number;
  readonly dropEligible: boolean;
  readonly vlanId: number;
  /** What follows the tag. */
  readonly etherType: number;
}

/** A request for, or a reply with, the link-layer address of an IPv4 address (RFC 826). */
export interface Arp {
  /** 1 is Ethernet. */
  readonly hardwareType: number;
  /** An EtherType: 0x0800 for IPv4. */
  readonly protocolType: number;
  readonly hardwareAddressLength: number;
  readonly protocolAddressLength: number;
  /** 1 is a request, 2 a reply. */
  readonly operation: number;
  readonly senderHardwareAddress: string;
  readonly senderProtocolAddress: string;
  readonly targetHardwareAddress: string;
  readonly targetProtocolAddress: string;
}
