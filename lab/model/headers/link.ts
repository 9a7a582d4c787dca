/** The headers of the link layer, and ARP. */

/** The link layer with which a captured packet begins. */
export type LinkType = 'ethernet' | 'linux-sll2' | 'raw-ip';

/** The header of an Ethernet frame (IEEE 802.3, clause 3). */
export interface Ethernet {
  /** The hardware address that it goes to. */
  readonly destination: string;
  /** The hardware address that it comes from. */
  readonly source: string;
  /** The protocol of the payload; below 1536 it is the length of an IEEE 802.3 frame instead, whose payload is not decoded. */
  readonly etherType: number;
}

/** The pseudo-header of packets from a capture on all interfaces (LINKTYPE_LINUX_SLL2; see packet(7) for the fields). */
export interface LinuxCooked {
  /** An EtherType. */
  readonly protocol: number;
  /** The number of the interface in its host. */
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
  /** PCP: its priority, 0 to 7. */
  readonly priorityCodePoint: number;
  /** DEI: it may be dropped first. */
  readonly dropEligible: boolean;
  /** VID: which virtual network it is of. */
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
  /** In bytes. */
  readonly hardwareAddressLength: number;
  /** In bytes. */
  readonly protocolAddressLength: number;
  /** 1 is a request, 2 a reply. */
  readonly operation: number;
  /** The link-layer address of the sender. */
  readonly senderHardwareAddress: string;
  /** The IPv4 address of the sender. */
  readonly senderProtocolAddress: string;
  /** The link-layer address of the receiver; all zeros in a request. */
  readonly targetHardwareAddress: string;
  /** The IPv4 address of the receiver: of a request, the one that is looked for. */
  readonly targetProtocolAddress: string;
}
