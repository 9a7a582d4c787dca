/** What of a packet a note is about: a header, or an option of it. */
export type NotedPart =
  | ('ethernet' | 'linux-cooked' | 'vlan' | 'arp' | 'ip')
  | ('ipv4' | 'ipv4-option' | 'ipv6' | 'ipv6-extension' | 'ipv6-option')
  | ('icmp' | 'icmpv6' | 'neighbor-discovery' | 'neighbor-option')
  | ('udp' | 'tcp' | 'tcp-option');

/** What is malformed or cut short in a packet; lengths are in bytes. `isQuoted`: in the packet that an ICMP error quotes. */
export type PacketNote = { readonly part: NotedPart; readonly isQuoted?: true } & (
  | {
      readonly problem: 'cut-short';
      readonly needed: number;
      readonly found: number;
      /** What ends too soon: the packet itself, or what was captured of it. */
      readonly by: 'packet' | 'capture';
    }
  /** A length field says less than the header takes. */
  | { readonly problem: 'too-short'; readonly length: number; readonly least: number }
  /** A length field says more than there is room for, or less than there is. */
  | { readonly problem: 'wrong-length'; readonly length: number; readonly room: number }
  /** A length field is 0, as of a packet that a kernel leaves to the network card to segment. */
  | { readonly problem: 'no-length' }
  /** An option has a length that its type cannot have. */
  | { readonly problem: 'wrong-option-length'; readonly type: number; readonly length: number }
  /** An option does not fit into the room that its header has left. */
  | {
      readonly problem: 'option-too-long';
      readonly type: number;
      readonly length: number;
      readonly room: number;
    }
  | { readonly problem: 'wrong-version'; readonly version: number }
  /** More than that are not decoded. */
  | { readonly problem: 'too-many'; readonly most: number }
  /** A routing header has fewer addresses than segments left. */
  | {
      readonly problem: 'missing-addresses';
      readonly segmentsLeft: number;
      readonly addresses: number;
    }
  /** UDP over IPv6 must have a checksum (RFC 8200, section 8.1). */
  | { readonly problem: 'no-checksum' }
);
