import type { CallEvent, LabEvent, Packet } from '../../lab/index.ts';
import { isAside } from '../../lab/timeline/cast/aside.ts';
import type { Step } from '../../lab/timeline/step.ts';

export interface SelectionOptions {
  readonly protocol?: 'tcp' | 'udp';
  /** `true`: nothing but calls; `false`: no calls. */
  readonly calls?: boolean;
  /** Whether to show name look-ups, ARP and other steps outside the conversations, too. Default: no. */
  readonly all?: boolean;
}

/** What is shown. Hosts and faults always are: without them the rest is hard to understand. */
export class Selection {
  readonly #options: SelectionOptions;
  /** Whose calls or packets have been shown: only their log lines belong to one protocol. */
  readonly #talking = new Set<string>();

  constructor(options: SelectionOptions) {
    this.#options = options;
  }

  /** Whether it is outside the conversations, and such steps are hidden. */
  isHidden(step: Step): boolean {
    return !this.#options.all && isAside(step);
  }

  /** Steps are to come in time order. */
  has(item: LabEvent | Step): boolean {
    const { protocol, calls } = this.#options;
    if (isAlwaysShown(item)) return true;
    if (item.kind === 'call' ? calls === false : calls === true) return false;
    if (protocol === undefined) return true;
    if (item.kind === 'log') return this.#talking.has(item.host);
    const isShown = protocolOf(item) === protocol;
    if (isShown) this.#talking.add(item.host);
    return isShown;
  }
}

type Always = Extract<LabEvent | Step, { kind: 'host' | 'fault' | 'capture' | 'omission' }>;

function isAlwaysShown(item: LabEvent | Step): item is Always {
  return ['host', 'fault', 'capture', 'omission'].includes(item.kind);
}

function protocolOf(item: Extract<LabEvent | Step, { kind: 'call' | 'packet' | 'fate' }>) {
  if (item.kind === 'fate') return item.packet.protocol;
  if (item.kind === 'packet') return packetProtocol(item.packet);
  return callProtocol(typeof item.call === 'string' ? (item as CallEvent) : item.call);
}

/** That of what an ICMP error is about, too. */
function packetProtocol({ tcp, udp, icmp, icmpv6 }: Packet): 'tcp' | 'udp' | undefined {
  const quoted = (icmp ?? icmpv6)?.quoted;
  if (tcp ?? quoted?.tcp) return 'tcp';
  return (udp ?? quoted?.udp) ? 'udp' : undefined;
}

function callProtocol(event: CallEvent): 'tcp' | 'udp' | undefined {
  if (event.socket?.protocol !== undefined) return event.socket.protocol;
  if (event.call !== 'socket') return undefined;
  const { type } = event.arguments;
  if (type === 'SOCK_STREAM') return 'tcp';
  return type === 'SOCK_DGRAM' ? 'udp' : undefined;
}
