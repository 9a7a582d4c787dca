import type { NotedPart, PacketNote } from '../../model/packet-note.ts';

const names: Readonly<Record<NotedPart, string>> = {
  ethernet: 'Ethernet header',
  'linux-cooked': 'Linux cooked header',
  vlan: 'VLAN tag',
  arp: 'ARP packet',
  ip: 'IP header',
  ipv4: 'IPv4 header',
  'ipv4-option': 'IPv4 option',
  ipv6: 'IPv6 header',
  'ipv6-extension': 'IPv6 extension header',
  'ipv6-option': 'IPv6 option',
  icmp: 'ICMP message',
  icmpv6: 'ICMPv6 message',
  'neighbor-discovery': 'neighbor discovery message',
  'neighbor-option': 'neighbor discovery option',
  udp: 'UDP header',
  tcp: 'TCP header',
  'tcp-option': 'TCP option',
};

/** What is malformed or cut short in a packet: `UDP header: cut short, 8 bytes needed, 3 captured`. */
export function noteText(note: PacketNote): string {
  const where = note.isQuoted ? `quoted ${names[note.part]}` : names[note.part];
  return `${where}: ${problemText(note)}`;
}

function problemText(note: PacketNote): string {
  switch (note.problem) {
    case 'cut-short': {
      const found = `${note.found} ${note.by === 'capture' ? 'captured' : 'in the packet'}`;
      return `cut short, ${note.needed} bytes needed, ${found}`;
    }
    case 'too-short':
      return `length ${note.length}, less than ${note.least}`;
    case 'wrong-length':
      return `length ${note.length}, but ${note.room} bytes in the packet`;
    case 'no-length':
      return 'length 0, as of a packet that is still to be segmented';
    case 'wrong-option-length':
      return `type ${note.type} cannot have length ${note.length}`;
    case 'option-too-long':
      return `type ${note.type} has length ${note.length}, of ${note.room} that are left`;
    case 'wrong-version':
      return `version ${note.version}`;
    case 'too-many':
      return `more than ${note.most} of them`;
    case 'missing-addresses':
      return `${note.segmentsLeft} segments left, but ${note.addresses} addresses`;
    case 'no-checksum':
      return 'no checksum, which IPv6 does not allow';
  }
}
