/**
 * What we decode, in the fields of tshark. A field has a value for each time that it occurs: in the packet, then in the packet
 * that an ICMP error quotes.
 */
import type {
  Arp,
  Ipv6ExtensionHeader,
  NeighborOption,
  Packet,
  QuotedPacket,
  TcpOption,
} from '../../../model/packet.ts';

type Value = number | string | boolean;
type Values = readonly (Value | undefined)[];

/** The values of every field; none of what is not there. */
export function fieldsOf(packet: Packet): Map<string, readonly Value[]> {
  const quoted = packet.icmp?.quoted ?? packet.icmpv6?.quoted;
  const fields: Record<string, Values> = {
    ...linkFields(packet),
    ...ipv4Fields(packet, quoted),
    ...ipv6Fields(packet, quoted),
    ...extensionFields([
      ...(packet.ipv6?.extensionHeaders ?? []),
      ...(quoted?.ipv6?.extensionHeaders ?? []),
    ]),
    ...tcpFields(packet, quoted),
    ...udpFields(packet, quoted),
    ...icmpFields(packet, quoted),
    ...icmpv6Fields(packet, quoted),
    ...neighborFields(packet.icmpv6?.options ?? []),
  };
  return new Map(
    Object.entries(fields).map(([name, values]) => [
      name,
      values.filter((value) => value !== undefined),
    ]),
  );
}

function linkFields({ ethernet, linuxCooked, vlan = [], arp }: Packet): Record<string, Values> {
  // A tag's own EtherType is in what comes before it.
  const isService = (i: number) =>
    (vlan[i - 1]?.etherType ?? ethernet?.etherType ?? linuxCooked?.protocol) === 0x88a8;
  const service = vlan.filter((_, i) => isService(i));
  const customer = vlan.filter((_, i) => !isService(i));
  return {
    'eth.dst': [ethernet?.destination],
    'eth.src': [ethernet?.source],
    'sll.etype': [linuxCooked && linuxCooked.protocol >= 0x600 ? linuxCooked.protocol : undefined],
    'sll.ifindex': [linuxCooked?.interfaceIndex],
    'sll.hatype': [linuxCooked?.hardwareType],
    'vlan.priority': customer.map((tag) => tag.priorityCodePoint),
    'vlan.dei': customer.map((tag) => tag.dropEligible),
    'vlan.id': customer.map((tag) => tag.vlanId),
    'ieee8021ad.priority': service.map((tag) => tag.priorityCodePoint),
    'ieee8021ad.dei': service.map((tag) => tag.dropEligible),
    'ieee8021ad.id': service.map((tag) => tag.vlanId),
    ...arpFields(arp),
  };
}

function arpFields(arp: Arp | undefined): Record<string, Values> {
  const isMac = arp?.hardwareType === 1 && arp.hardwareAddressLength === 6;
  const isIpv4 = arp?.protocolType === 0x0800 && arp.protocolAddressLength === 4;
  return {
    'arp.hw.type': [arp?.hardwareType],
    'arp.proto.type': [arp?.protocolType],
    'arp.hw.size': [arp?.hardwareAddressLength],
    'arp.proto.size': [arp?.protocolAddressLength],
    'arp.opcode': [arp?.operation],
    'arp.src.hw_mac': [isMac ? arp.senderHardwareAddress : undefined],
    'arp.src.proto_ipv4': [isIpv4 ? arp.senderProtocolAddress : undefined],
    'arp.dst.hw_mac': [isMac ? arp.targetHardwareAddress : undefined],
    // 7 is an error of dynamic RARP, which has a number in that place.
    'arp.dst.proto_ipv4': [isIpv4 && arp.operation !== 7 ? arp.targetProtocolAddress : undefined],
  };
}

/** The types that tshark names; it does not tell those of others. */
const ipv4OptionTypes = new Set([7, 11, 12, 25, 68, 82, 130, 131, 133, 134, 136, 137, 148]);

function ipv4Fields(packet: Packet, quoted?: QuotedPacket): Record<string, Values> {
  const both = [packet.ipv4, quoted?.ipv4];
  return {
    'ip.src': both.map((ip) => ip?.source),
    'ip.dst': both.map((ip) => ip?.destination),
    'ip.hdr_len': both.map((ip) => ip?.headerLength),
    'ip.dsfield.dscp': both.map((ip) => ip?.dscp),
    'ip.dsfield.ecn': both.map((ip) => ip?.ecn),
    'ip.len': both.map((ip) => ip?.totalLength),
    'ip.id': both.map((ip) => ip?.identification),
    'ip.flags.rb': both.map((ip) => ip?.reservedFlag),
    'ip.flags.df': both.map((ip) => ip?.dontFragment),
    'ip.flags.mf': both.map((ip) => ip?.moreFragments),
    'ip.frag_offset': both.map((ip) => ip && ip.fragmentOffset / 8),
    'ip.ttl': both.map((ip) => ip?.timeToLive),
    'ip.proto': both.map((ip) => ip?.protocol),
    'ip.checksum': both.map((ip) => ip?.headerChecksum),
    'ip.checksum.status': [packet.ipv4?.headerChecksumStatus],
    'ip.opt.type': both.flatMap((ip) =>
      ip?.options.map(({ type }) => (ipv4OptionTypes.has(type) ? type : undefined)),
    ),
  };
}

function ipv6Fields(packet: Packet, quoted?: QuotedPacket): Record<string, Values> {
  const both = [packet.ipv6, quoted?.ipv6];
  return {
    'ipv6.src': both.map((ip) => ip?.source),
    'ipv6.dst': both.map((ip) => ip?.destination),
    'ipv6.tclass.dscp': both.map((ip) => ip?.dscp),
    'ipv6.tclass.ecn': both.map((ip) => ip?.ecn),
    'ipv6.flow': both.map((ip) => ip?.flowLabel),
    'ipv6.plen': both.map((ip) => ip?.payloadLength),
    'ipv6.nxt': both.map((ip) => ip?.nextHeader),
    'ipv6.hlim': both.map((ip) => ip?.hopLimit),
  };
}

function extensionFields(headers: readonly Ipv6ExtensionHeader[]): Record<string, Values> {
  const lengths = (kind: Ipv6ExtensionHeader['kind']) =>
    headers.filter((header) => header.kind === kind).map((header) => header.length);
  const routing = headers.filter((header) => header.kind === 'routing');
  const fragments = headers.filter((header) => header.kind === 'fragment');
  return {
    'ipv6.hopopts.len_oct': lengths('hop-by-hop'),
    'ipv6.dstopts.len_oct': lengths('destination'),
    'ipv6.routing.len_oct': lengths('routing'),
    'ipv6.routing.type': routing.map((header) => header.routingType),
    'ipv6.routing.segleft': routing.map((header) => header.segmentsLeft),
    'ipv6.fraghdr.offset': fragments.map((header) => header.fragmentOffset / 8),
    'ipv6.fraghdr.more': fragments.map((header) => header.moreFragments),
    'ipv6.fraghdr.ident': fragments.map((header) => header.identification),
    'ipv6.opt.type': headers.flatMap((header) =>
      'options' in header ? header.options.map((option) => option.type) : [],
    ),
  };
}

function isFragment({ ipv4, ipv6 }: Packet): boolean {
  const inIpv6 = ipv6?.extensionHeaders.some(
    (header) => header.kind === 'fragment' && header.moreFragments,
  );
  return ipv4?.moreFragments === true || inIpv6 === true;
}

function tcpFields(packet: Packet, quoted?: QuotedPacket): Record<string, Values> {
  const { tcp, payloadLength } = packet;
  const flags = tcp?.flags;
  return {
    'tcp.srcport': [tcp?.sourcePort, quoted?.tcp?.sourcePort],
    'tcp.dstport': [tcp?.destinationPort, quoted?.tcp?.destinationPort],
    'tcp.seq_raw': [tcp?.sequenceNumber, quoted?.tcp?.sequenceNumber],
    'tcp.ack_raw': [tcp?.acknowledgmentNumber],
    'tcp.hdr_len': [tcp?.headerLength],
    'tcp.flags.res': [tcp && tcp.reserved !== 0],
    'tcp.flags.ae': [flags?.ae],
    'tcp.flags.cwr': [flags?.cwr],
    'tcp.flags.ece': [flags?.ece],
    'tcp.flags.urg': [flags?.urg],
    'tcp.flags.ack': [flags?.ack],
    'tcp.flags.push': [flags?.psh],
    'tcp.flags.reset': [flags?.rst],
    'tcp.flags.syn': [flags?.syn],
    'tcp.flags.fin': [flags?.fin],
    'tcp.window_size_value': [tcp?.window],
    'tcp.checksum': [tcp?.checksum],
    'tcp.checksum.status': [tcp?.checksumStatus],
    'tcp.urgent_pointer': [tcp?.urgentPointer],
    // tshark gives none for a fragment.
    'tcp.len': [isFragment(packet) ? undefined : tcp && payloadLength],
    ...tcpOptionFields(tcp?.options ?? []),
  };
}

/** The kinds of an option in the numbers of its registry. */
const optionKinds = {
  'maximum-segment-size': 2,
  'window-scale': 3,
  'sack-permitted': 4,
  sack: 5,
  timestamps: 8,
};

function tcpOptionFields(options: readonly TcpOption[]): Record<string, Values> {
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  const timestamps = options.filter((option) => option.kind === 'timestamps');
  return {
    'tcp.option_kind': options.map((option) =>
      option.kind === 'unknown' ? option.number : optionKinds[option.kind],
    ),
    'tcp.options.mss_val': options.map((option) =>
      option.kind === 'maximum-segment-size' ? option.bytes : undefined,
    ),
    'tcp.options.wscale.shift': options.map((option) =>
      option.kind === 'window-scale' ? option.shift : undefined,
    ),
    'tcp.options.sack_le': blocks.map((block) => block.left),
    'tcp.options.sack_re': blocks.map((block) => block.right),
    'tcp.options.timestamp.tsval': timestamps.map((option) => option.value),
    'tcp.options.timestamp.tsecr': timestamps.map((option) => option.echoReply),
  };
}

function udpFields({ udp }: Packet, quoted?: QuotedPacket): Record<string, Values> {
  const both = [udp, quoted?.udp];
  return {
    'udp.srcport': both.map((header) => header?.sourcePort),
    'udp.dstport': both.map((header) => header?.destinationPort),
    'udp.length': both.map((header) => header?.length),
    'udp.checksum': both.map((header) => header?.checksum),
    'udp.checksum.status': [udp?.checksumStatus],
  };
}

function icmpFields({ icmp }: Packet, quoted?: QuotedPacket): Record<string, Values> {
  return {
    'icmp.type': [icmp?.type, quoted?.icmp?.type],
    'icmp.code': [icmp?.code, quoted?.icmp?.code],
    'icmp.checksum': [icmp?.checksum],
    'icmp.checksum.status': [icmp?.checksumStatus],
    'icmp.ident': [icmp?.identifier],
    'icmp.seq': [icmp?.sequenceNumber],
    'icmp.mtu': [icmp?.nextHopMtu],
    'icmp.redir_gw': [icmp?.gatewayAddress],
    'icmp.pointer': [icmp?.pointer],
  };
}

function icmpv6Fields({ icmpv6 }: Packet, quoted?: QuotedPacket): Record<string, Values> {
  const type = icmpv6?.type;
  return {
    'icmpv6.type': [type, quoted?.icmpv6?.type],
    'icmpv6.code': [icmpv6?.code, quoted?.icmpv6?.code],
    'icmpv6.checksum': [icmpv6?.checksum],
    'icmpv6.checksum.status': [icmpv6?.checksumStatus],
    'icmpv6.echo.identifier': [icmpv6?.identifier],
    'icmpv6.echo.sequence_number': [icmpv6?.sequenceNumber],
    'icmpv6.mtu': [icmpv6?.mtu],
    'icmpv6.pointer': [icmpv6?.pointer],
    'icmpv6.nd.ns.target_address': [type === 135 ? icmpv6?.targetAddress : undefined],
    'icmpv6.nd.na.target_address': [type === 136 ? icmpv6?.targetAddress : undefined],
    'icmpv6.nd.rd.target_address': [type === 137 ? icmpv6?.targetAddress : undefined],
    'icmpv6.rd.na.destination_address': [icmpv6?.destinationAddress],
    'icmpv6.nd.na.flag.r': [icmpv6?.router],
    'icmpv6.nd.na.flag.s': [icmpv6?.solicited],
    'icmpv6.nd.na.flag.o': [icmpv6?.override],
    'icmpv6.nd.ra.cur_hop_limit': [icmpv6?.currentHopLimit],
    'icmpv6.nd.ra.flag.m': [icmpv6?.managed],
    'icmpv6.nd.ra.flag.o': [icmpv6?.otherConfiguration],
    'icmpv6.nd.ra.router_lifetime': [icmpv6?.routerLifetimeSeconds],
    'icmpv6.nd.ra.reachable_time': [icmpv6?.reachableTimeMs],
    'icmpv6.nd.ra.retrans_timer': [icmpv6?.retransTimerMs],
  };
}

function neighborFields(options: readonly NeighborOption[]): Record<string, Values> {
  const prefixes = options.filter((option) => option.kind === 'prefix-information');
  const address = (kind: NeighborOption['kind']) =>
    options.map((option) =>
      option.kind === kind && 'address' in option ? option.address : undefined,
    );
  return {
    'icmpv6.opt.src_linkaddr': address('source-link-layer-address'),
    'icmpv6.opt.target_linkaddr': address('target-link-layer-address'),
    'icmpv6.opt.prefix': prefixes.map((option) => option.prefix),
    'icmpv6.opt.prefix.length': prefixes.map((option) => option.prefixLength),
    'icmpv6.opt.prefix.flag.l': prefixes.map((option) => option.onLink),
    'icmpv6.opt.prefix.flag.a': prefixes.map((option) => option.autonomous),
    'icmpv6.opt.prefix.valid_lifetime': prefixes.map((option) => option.validLifetimeSeconds),
    'icmpv6.opt.prefix.preferred_lifetime': prefixes.map(
      (option) => option.preferredLifetimeSeconds,
    ),
    'icmpv6.opt.mtu': options.map((option) => (option.kind === 'mtu' ? option.mtu : undefined)),
  };
}
