/** Steps made by hand, for what draws them. */

import type { Role } from '../../../lab/index.ts';
import type { CallName } from '../../../lab/model/call.ts';
import type { CallEvent } from '../../../lab/model/event.ts';
import type { FaultSettings } from '../../../lab/model/faults.ts';
import type { Packet, TcpFlags } from '../../../lab/model/packet.ts';
import type { CallStep, HostStep, LogStep, PacketStep, Step } from '../../../lab/timeline/step.ts';

const EPOCH_NS = 1_800_000_000_000_000_000n;

let ids = 0;

/** What all steps have; times are in milliseconds since the first. */
function base(atMs: number, host: string, title: string) {
  ids += 1;
  const sentence = `${host}: ${title}.`;
  return { id: ids, atNs: ns(atMs), host, title, sentence, links: [] };
}

export function ns(ms: number): string {
  return String(EPOCH_NS + BigInt(Math.round(ms * 1e6)));
}

export function hostStep(host: string, address: string, role?: Role): HostStep {
  const step = base(0, host, `${host} running`);
  const { atNs } = step;
  const state = {
    kind: 'host' as const,
    atNs,
    host,
    state: 'running' as const,
    addresses: [address],
  };
  return { ...step, kind: 'host', state: { ...state, ...(role && { role }) } };
}

interface CallMore {
  readonly conversation?: number;
  readonly tookMs?: number;
  readonly error?: string;
  readonly stage?: CallEvent['stage'];
  /** What it sent or received; its title is cut then. */
  readonly data?: string;
}

/** `callStep(1, 'tcp-client', 'connect 172.18.0.2:50000')`; its first word is the call's name. */
export function callStep(atMs: number, host: string, title: string, more: CallMore = {}): CallStep {
  const { conversation, tookMs, error, stage = 'returned', data } = more;
  const step = base(atMs, host, title);
  const call = {
    ...{ kind: 'call', atNs: step.atNs, host, id: step.id, stage, process: { pid: 1 } },
    ...{ call: title.split(' ')[0] as CallName, arguments: {} },
    ...(error !== undefined && { error }),
    ...(tookMs !== undefined && { tookNs: tookMs * 1e6 }),
    ...(data !== undefined && { data: { bytes: data.length, preview: data } }),
  } as CallEvent;
  return {
    ...{ ...step, kind: 'call', call },
    ...(conversation !== undefined && { conversation }),
    ...(tookMs !== undefined && { endNs: ns(atMs + tookMs) }),
  };
}

const noFlags: TcpFlags = {
  ...{ ae: false, cwr: false, ece: false, urg: false },
  ...{ ack: false, psh: false, rst: false, syn: false, fin: false },
};

/** What a segment carries is told by its title: `SYN-ACK`, `PSH-ACK 38 bytes "Hello"`. */
function segment(title: string): Packet {
  const flags = (title.split(' ')[0] ?? '').toLowerCase().split('-');
  const length = Number(/(\d+) bytes/.exec(title)?.[1] ?? 0);
  const tcp = {
    ...{ sourcePort: 41234, destinationPort: 50000, sequenceNumber: 0, acknowledgmentNumber: 0 },
    ...{ headerLength: 20, reserved: 0, window: 64, checksum: 0, checksumStatus: 'good' as const },
    ...{ urgentPointer: 0, options: [] },
    flags: { ...noFlags, ...Object.fromEntries(flags.map((flag) => [flag, true])) },
  };
  return {
    ...{ linkType: 'ethernet', length: length + 54, capturedLength: 0, bytes: '', notes: [] },
    ...{ tcp, payloadOffset: 54, payloadLength: length },
  };
}

type PacketMore = Partial<
  Pick<PacketStep, 'delivery' | 'fates' | 'isRetransmission' | 'isDropped' | 'conversation'>
> & {
  readonly tookMs?: number;
};

/** `packetStep(1, 'tcp-client > tcp-server', 'SYN')` */
export function packetStep(
  atMs: number,
  way: string,
  title: string,
  more: PacketMore = {},
): PacketStep {
  const [from = '', to = ''] = way.split(' > ');
  const { tookMs = 0.01, ...rest } = more;
  return {
    ...{ ...base(atMs, from, title), kind: 'packet', from, to, packet: segment(title) },
    ...{ delivery: 'arrived', fates: [], isRetransmission: false, conversation: 1 },
    ...rest,
    endNs: ns(atMs + tookMs),
  };
}

export function logStep(atMs: number, host: string, line: string): LogStep {
  const step = base(atMs, host, line);
  return { ...step, kind: 'log', log: { kind: 'log', atNs: step.atNs, host, line } };
}

export function faultStep(atMs: number, host: string, settings: FaultSettings): Step {
  const step = base(atMs, host, 'loss applied');
  const { atNs } = step;
  const fault = { kind: 'fault' as const, atNs, host, fault: 'loss-1', change: 'applied' as const };
  return { ...step, kind: 'fault', fault: { ...fault, settings } };
}

/** The four hosts of compose.yaml, in the order in which an engine lists them. */
export const fourHosts: readonly Step[] = [
  hostStep('tcp-client', '172.18.0.3', 'tcp-client'),
  hostStep('tcp-server', '172.18.0.2', 'tcp-server'),
  hostStep('udp-client', '172.18.0.5', 'udp-client'),
  hostStep('udp-echo-server', '172.18.0.4', 'udp-echo-server'),
];

/** From `connect` to the last ACK. */
export function tcpConversation(): Step[] {
  const [c, s, there, back] = [
    'tcp-client',
    'tcp-server',
    'tcp-client > tcp-server',
    'tcp-server > tcp-client',
  ];
  const of = { conversation: 1, tookMs: 0.01 };
  return [
    callStep(1000, c, 'connect 172.18.0.2:50000', { ...of, tookMs: 0.5 }),
    packetStep(1000.1, there, 'SYN'),
    packetStep(1000.2, back, 'SYN-ACK'),
    packetStep(1000.3, there, 'ACK'),
    callStep(1000.6, s, 'accept 172.18.0.3:41234', of),
    callStep(1000.8, s, 'write 38 bytes "Hello, client! Connectio…"', of),
    packetStep(1001, back, 'PSH-ACK 38 bytes "Hello, client! Co…"'),
    packetStep(1001.1, there, 'ACK'),
    callStep(1001.2, c, 'read 38 bytes "Hello, client! Connection…"', of),
    logStep(1001.4, c, 'received 38 bytes: Hello, client! Connection established.'),
    callStep(1001.5, s, 'shutdown SHUT_WR', of),
    packetStep(1001.6, back, 'FIN-ACK'),
    callStep(1002, c, 'close 20', of),
    packetStep(1002.1, there, 'FIN-ACK'),
    packetStep(1002.2, back, 'ACK'),
  ];
}
