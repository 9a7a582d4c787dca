/** Events made by hand, for what is hard to record. */

import { digestOf } from '../../model/digest.ts';
import type { CallEvent, FateEvent, PacketEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';

/** 2026-11-22, in seconds; all times here count from it. */
const ZERO_SECONDS = 1_795_000_000;
const ARRIVED_MS = 0.02;
const flagNames = { S: 'syn', A: 'ack', F: 'fin', R: 'rst', P: 'psh' } as const;

export interface Sent {
  readonly atMs: number;
  /** `10.0.0.1:1000`, where `10.0.0.N` and `fd00::N` are those of host `hN`. */
  readonly from: string;
  readonly to: string;
  /** Of a segment: letters of `SAFRP`. A datagram has none. */
  readonly flags?: string;
  readonly seq?: number;
  readonly ack?: number;
  readonly data?: string;
  /** Default: 1000. */
  readonly window?: number;
  readonly id?: number;
  /** The value of a segment's TCP timestamp. Default: it has none. */
  readonly stamp?: number;
}

export function at(ms: number): string {
  return String(BigInt(ZERO_SECONDS) * 1_000_000_000n + BigInt(Math.round(ms * 1e6)));
}

/** Its departure. */
export function leaves(sent: Sent): PacketEvent {
  return observation(sent, 'out', 0);
}

/** Its arrival, 0.02 ms later. */
export function arrives(sent: Sent, afterMs = ARRIVED_MS): PacketEvent {
  return observation(sent, 'in', afterMs);
}

/** The same for a packet of another kind: its headers in place of TCP or UDP. */
export function passesAs(
  sent: Sent,
  headers: Partial<Record<'icmp' | 'icmpv6' | 'arp' | 'ethernet', object>>,
): PacketEvent[] {
  return passes(sent).map((event) => {
    const { udp: _udp, tcp: _tcp, ...packet } = event.packet;
    const { ipv4: _ipv4, ...link } = packet;
    return { ...event, packet: { ...(headers.arp ? link : packet), ...headers } as Packet };
  });
}

export function passes(sent: Sent): PacketEvent[] {
  return [leaves(sent), arrives(sent)];
}

export function fate(sent: Sent, name: FateEvent['fate'], afterMs = 0.05): FateEvent {
  const [from, to] = [endOf(sent.from), endOf(sent.to)];
  const length = packetOf(sent).length - 14;
  const isTcp = sent.flags !== undefined;
  return {
    kind: 'fate',
    fate: name,
    fault: `${name}-1`,
    host: hostOf(sent.to),
    atNs: at(sent.atMs + afterMs),
    arrivedAtNs: at(sent.atMs + ARRIVED_MS),
    packet: {
      from: from.address,
      to: to.address,
      protocol: isTcp ? 'tcp' : 'udp',
      ipId: sent.id ?? 0,
      length,
      fromPort: from.port,
      toPort: to.port,
      ...(isTcp && { tcpSequence: sent.seq ?? 0 }),
      ...(!isTcp &&
        from.address.includes(':') && { digest: digestOf(Buffer.from(sent.data ?? '')) }),
    },
  };
}

let calls = 0;

/** What a call has beside its name; what is left out has a default. */
export type CallMore = Partial<Omit<CallEvent, 'call' | 'arguments'>> &
  Partial<Pick<CallEvent, 'arguments'>>;

export function call(
  host: string,
  atMs: number,
  event: CallMore & Pick<CallEvent, 'call'>,
): CallEvent {
  calls += 1;
  return {
    kind: 'call',
    atNs: at(atMs),
    host,
    id: calls,
    stage: 'returned',
    process: { pid: 1 },
    arguments: {},
    tookNs: 10_000,
    ...event,
  } as CallEvent;
}

export function endOf(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

function hostOf(end: string): string {
  return `h${endOf(end).address.split(/[.:]/).at(-1)}`;
}

function observation(sent: Sent, direction: 'in' | 'out', afterMs: number): PacketEvent {
  const host = hostOf(direction === 'out' ? sent.from : sent.to);
  return { kind: 'packet', atNs: at(sent.atMs + afterMs), host, direction, packet: packetOf(sent) };
}

function packetOf(sent: Sent): Packet {
  const { data = '', flags } = sent;
  const [from, to] = [endOf(sent.from), endOf(sent.to)];
  const isIpv6 = from.address.includes(':');
  const payloadOffset = 14 + (isIpv6 ? 40 : 20) + (flags === undefined ? 8 : 20);
  const length = payloadOffset + data.length;
  const ports = { sourcePort: from.port, destinationPort: to.port, checksum: 0 };
  const header =
    flags === undefined
      ? { udp: { ...ports, length: 8 + data.length, checksumStatus: 'unverified' } }
      : { tcp: { ...ports, ...tcpOf(sent, flags) } };
  return {
    linkType: 'ethernet',
    length,
    capturedLength: length,
    notes: [],
    bytes: btoa('\0'.repeat(payloadOffset) + data),
    ...ipOf(sent, isIpv6, length - 14),
    ...header,
    payloadOffset,
    payloadLength: data.length,
  } as unknown as Packet;
}

function ipOf({ from, to, flags, id = 0 }: Sent, isIpv6: boolean, length: number) {
  const ends = { source: endOf(from).address, destination: endOf(to).address };
  const protocol = flags === undefined ? 17 : 6;
  if (isIpv6) {
    return {
      ipv6: { ...ends, protocol, flowLabel: id, payloadLength: length - 40, extensionHeaders: [] },
    };
  }
  return {
    ipv4: {
      ...ends,
      protocol,
      identification: id,
      totalLength: length,
      moreFragments: false,
      fragmentOffset: 0,
    },
  };
}

function tcpOf({ seq = 0, ack = 0, window = 1000, stamp }: Sent, flags: string) {
  const names = Object.entries(flagNames).map(([letter, name]) => [name, flags.includes(letter)]);
  return {
    sequenceNumber: seq,
    acknowledgmentNumber: ack,
    window,
    options: stamp === undefined ? [] : [{ kind: 'timestamps', value: stamp, echoReply: 0 }],
    flags: Object.fromEntries(names),
  };
}
