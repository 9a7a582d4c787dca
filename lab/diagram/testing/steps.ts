/** Steps made by hand, for what draws them. */

import type { CallEvent, FateEvent } from '../../model/event.ts';
import type { FaultSettings } from '../../model/faults.ts';
import type { Role } from '../../model/host-state.ts';
import type { Packet, TcpFlags } from '../../model/packet.ts';
import type { CallStep, HostStep, LogStep, PacketStep, Step } from '../../timeline/step.ts';

const EPOCH_NS = 1_800_000_000_000_000_000n;

let ids = 0;

/** What all steps have; times are in milliseconds since the first. */
function base(atMs: number, host: string) {
  ids += 1;
  return { id: ids, atNs: ns(atMs), host, links: [] };
}

function ns(ms: number): string {
  return String(EPOCH_NS + BigInt(Math.round(ms * 1e6)));
}

export function hostStep(host: string, address: string, role?: Role): HostStep {
  const step = base(0, host);
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
}

/** `callStep(1, 'tcp-client', 'connect 172.18.0.2:50000')`: a call with what its title says. */
export function callStep(atMs: number, host: string, title: string, more: CallMore = {}): CallStep {
  const { conversation, tookMs, error, stage = 'returned' } = more;
  const step = base(atMs, host);
  const call = {
    ...toldBy(title),
    kind: 'call',
    atNs: step.atNs,
    host,
    id: step.id,
    stage,
    process: { pid: 1 },
    ...(error !== undefined && { error }),
    ...(tookMs !== undefined && { tookNs: tookMs * 1e6 }),
  } as CallEvent;
  return {
    ...step,
    kind: 'call',
    call,
    ...(conversation !== undefined && { conversation }),
    ...(tookMs !== undefined && { endNs: ns(atMs + tookMs) }),
  };
}

/** `write 38 bytes "Hello"`, `listen 64`, `shutdown SHUT_WR`, `connect 172.18.0.2:50000`. */
function toldBy(title: string): object {
  const [call = '', ...rest] = title.split(' ');
  const words = rest.join(' ');
  const [, bytes, preview] = /^(\d+) bytes(?: "(.*)")?$/.exec(words) ?? [];
  if (bytes !== undefined) {
    const data = { bytes: Number(bytes), preview: preview ?? '' };
    return { call, arguments: {}, result: data.bytes, data };
  }
  if (call === 'listen') return { call, arguments: { backlog: Number(words) } };
  if (call === 'shutdown') return { call, arguments: { how: words } };
  if (words === '') return { call, arguments: {} };
  const colon = words.lastIndexOf(':');
  const peer = { address: words.slice(0, colon), port: Number(words.slice(colon + 1)) };
  return { call, arguments: {}, peer };
}

const noFlags: TcpFlags = {
  ae: false,
  cwr: false,
  ece: false,
  urg: false,
  ack: false,
  psh: false,
  rst: false,
  syn: false,
  fin: false,
};

/** The title says what a segment carries: `SYN-ACK`, `PSH-ACK 38 bytes "Hello"`, of which only so much was captured. */
function segment(title: string): Packet {
  const [names = '', ...rest] = title.split(' ');
  const [, bytes, content] = /^(\d+) bytes(?: "(.*)")?$/s.exec(rest.join(' ')) ?? [];
  const payloadLength = Number(bytes ?? 0);
  const payload = Buffer.from(content ?? '');
  const captured = Buffer.concat([Buffer.alloc(54), payload]);
  const flags = names.toLowerCase().split('-');
  return {
    linkType: 'ethernet',
    length: payloadLength + 54,
    capturedLength: captured.length,
    bytes: captured.toString('base64'),
    notes: [],
    tcp: {
      sourcePort: 41234,
      destinationPort: 50000,
      sequenceNumber: 0,
      acknowledgmentNumber: 0,
      headerLength: 20,
      reserved: 0,
      window: 64,
      checksum: 0,
      checksumStatus: 'good',
      urgentPointer: 0,
      options: [],
      flags: { ...noFlags, ...Object.fromEntries(flags.map((flag) => [flag, true])) },
    },
    payloadOffset: 54,
    payloadLength,
  };
}

type PacketMore = Partial<
  Pick<PacketStep, 'delivery' | 'isRetransmission' | 'isDropped' | 'conversation'>
> & {
  readonly fates?: readonly FateEvent['fate'][];
  readonly tookMs?: number;
};

/** `packetStep(1, 'tcp-client > tcp-server', 'SYN')` */
export function packetStep(
  atMs: number,
  way: string,
  title: string,
  { tookMs = 0.01, fates = [], ...more }: PacketMore = {},
): PacketStep {
  const [from = '', to = ''] = way.split(' > ');
  const step = base(atMs, from);
  return {
    ...step,
    kind: 'packet',
    from,
    to,
    packet: segment(title),
    delivery: 'arrived',
    wasSeenLeaving: true,
    wasSeenArriving: true,
    fates: fates.map((fate) => fateOf(fate, step.atNs, to)),
    isRetransmission: false,
    conversation: 1,
    ...more,
    endNs: ns(atMs + tookMs),
  };
}

function fateOf(fate: FateEvent['fate'], atNs: string, host: string): FateEvent {
  const packet = { from: '', to: '', protocol: 'tcp', ipId: 0, length: 40 } as const;
  return { kind: 'fate', atNs, host, fate, fault: `${fate}-1`, packet };
}

export function logStep(atMs: number, host: string, line: string): LogStep {
  const step = base(atMs, host);
  return { ...step, kind: 'log', log: { kind: 'log', atNs: step.atNs, host, line } };
}

export function faultStep(atMs: number, host: string, settings: FaultSettings): Step {
  const step = base(atMs, host);
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

const GREETING = 'Hello, client! Connection established.';

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
    callStep(1000.8, s, `write 38 bytes "${GREETING}"`, of),
    packetStep(1001, back, `PSH-ACK 38 bytes "${GREETING}"`),
    packetStep(1001.1, there, 'ACK'),
    callStep(1001.2, c, `read 38 bytes "${GREETING}"`, of),
    logStep(1001.4, c, `received 38 bytes: ${GREETING}`),
    callStep(1001.5, s, 'shutdown SHUT_WR', of),
    packetStep(1001.6, back, 'FIN-ACK'),
    callStep(1002, c, 'close', of),
    packetStep(1002.1, there, 'FIN-ACK'),
    packetStep(1002.2, back, 'ACK'),
  ];
}
