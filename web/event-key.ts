import type { LabEvent, PacketIdentity } from '../lab/index.ts';

/** What an event is about, so that a choice among many takes or leaves what belongs together. */
export interface EventKey {
  readonly conversation: string;
  /** The same at both ends of a packet, and for its fate; or for a call that waits, and when it returns. */
  readonly packet: string;
}

/** Undefined for what is always shown: logs, faults and hosts. */
export function eventKey(event: LabEvent): EventKey | undefined {
  switch (event.kind) {
    case 'packet':
      return packetKey(event.packet);
    case 'fate':
      return identityKey(event.packet);
    case 'call':
      return callKey(event);
    default:
      return undefined;
  }
}

function packetKey(packet: Extract<LabEvent, { kind: 'packet' }>['packet']): EventKey | undefined {
  const { tcp, udp, ipv4, ipv6 } = packet;
  const ip = ipv4 ?? ipv6;
  const ports = tcp ?? udp;
  if (ip === undefined) return undefined;
  return identityKey({
    from: ip.source,
    to: ip.destination,
    ...(ports && { fromPort: ports.sourcePort, toPort: ports.destinationPort }),
    ipId: ipv4?.identification ?? ipv6?.flowLabel ?? 0,
    ...(tcp && { tcpSequence: tcp.sequenceNumber }),
  });
}

function identityKey(packet: Omit<PacketIdentity, 'protocol' | 'length'>): EventKey {
  const { from, to, fromPort = 0, toPort = 0, ipId, tcpSequence = 0 } = packet;
  const conversation = pair(`${from} ${fromPort}`, `${to} ${toPort}`);
  return { conversation, packet: `${from} ${fromPort} ${to} ${toPort} ${ipId} ${tcpSequence}` };
}

function callKey({ host, process, socket, id }: Extract<LabEvent, { kind: 'call' }>): EventKey {
  const { local, remote, fd } = socket ?? {};
  const packet = `${host} ${id}`;
  if (!local || !remote) return { conversation: `${host} ${process.pid} ${fd}`, packet };
  const ends = pair(`${local.address} ${local.port}`, `${remote.address} ${remote.port}`);
  return { conversation: ends, packet };
}

function pair(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
