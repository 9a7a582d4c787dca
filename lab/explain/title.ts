import { bytesOf, isReceive, isSend } from '../model/call-facts.ts';
import { endpointText } from '../model/endpoint-text.ts';
import type { CallEvent } from '../model/event.ts';
import type { Arp, Packet, Tcp } from '../model/packet.ts';
import { fragmentOf } from '../timeline/packets/packet-key.ts';
import type { CallStep, PacketStep, Step } from '../timeline/step.ts';
import { argumentsText } from './call-arguments.ts';
import { icmpName } from './icmp-name.ts';
import { payloadPreview, shorten } from './preview.ts';
import { bytesText } from './words.ts';

/** Columns that a title takes at most. */
const TITLE_MAX = 40;

/** What a step is in a few words: `connect 172.18.0.2:50000`, `SYN-ACK`, `PSH-ACK 6 bytes "hello\n"`. */
export function titleOf(step: Step): string {
  return shorten(wordsOf(step), TITLE_MAX);
}

function wordsOf(step: Step): string {
  switch (step.kind) {
    case 'call':
      return callTitle(step);
    case 'packet':
      return packetTitle(step.packet);
    case 'log':
      return step.log.line;
    case 'fault':
      return `${step.fault.fault} ${step.fault.change}`;
    case 'host':
      return `${step.host} ${step.state.state}`;
  }
}

/** What a call is, however long that is: its title is cut. */
export function callTitle({ call }: CallStep): string {
  if (call.stage === 'waiting') return `${call.call} waits`;
  return words(nameOf(call), call.error, stateText(call), quoted(call.data?.preview));
}

/** The same before it is known whether it fails. */
export function begunTitle({ call }: CallStep): string {
  return words(nameOf(call), stateText(call), quoted(call.data?.preview));
}

function nameOf(call: CallEvent): string {
  if (call.peer && call.call !== 'recvfrom') return `${call.call} ${endpointText(call.peer)}`;
  if (call.error !== undefined) return call.call;
  if (isSend(call) || isReceive(call)) return `${call.call} ${bytesText(bytesOf(call) ?? 0)}`;
  return words(call.call, argumentsText(call));
}

function stateText({ state }: CallEvent): string | undefined {
  return state === 'LISTEN' || state === 'ESTABLISHED' ? undefined : state;
}

function quoted(text: string | undefined): string | undefined {
  return text ? `"${text}"` : undefined;
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

function packetTitle(packet: Packet): string {
  const { arp, icmp, icmpv6, payloadLength } = packet;
  const fragment = fragmentOf(packet);
  if (fragment && fragment.offset > 0)
    return `fragment ${bytesText(payloadLength)} at ${fragment.offset}`;
  if (arp) return arpTitle(arp);
  if (icmp ?? icmpv6) return icmpName(packet);
  const { name, size, content } = partsOf(packet) ?? { name: `packet ${bytesText(packet.length)}` };
  return words(name, size, content);
}

/** What a packet carries can be left out; and how much that is tells more than the flags that it shares with all others. */
export function packetLabels(step: PacketStep): string[] {
  const { name, size, content } = partsOf(step.packet) ?? {};
  const title = titleOf(step);
  if (size === undefined || content === undefined) return [title];
  const { syn, fin, rst } = step.packet.tcp?.flags ?? {};
  return syn || fin || rst ? [title, words(name, size)] : [title, words(size, content), size];
}

/** Of what has ports: what it is, how much it carries, and how that begins. */
function partsOf(packet: Packet): { name: string; size?: string; content?: string } | undefined {
  const { tcp, udp, payloadLength } = packet;
  if (tcp === undefined && udp === undefined) return undefined;
  const name = tcp ? flagsText(tcp) : fragmentOf(packet) ? 'UDP fragment' : 'UDP';
  const size = bytesText(payloadLength);
  if (payloadLength === 0) return udp ? { name, size } : { name };
  const room = TITLE_MAX - `${name} ${size}`.length - 3;
  return { name, size, content: `"${payloadPreview(packet, room)}"` };
}

/** Whether a title has the name of a host in it, as that of a question to all has. */
export function isInTitle(host: string, { packet: { arp } }: PacketStep): boolean {
  if (arp === undefined || arp.targetProtocolAddress !== host) return false;
  return arp.operation === 1 || arp.senderProtocolAddress === host;
}

function arpTitle({
  operation,
  senderProtocolAddress,
  targetProtocolAddress: target,
}: Arp): string {
  if (senderProtocolAddress === target) return `ARP announces ${target}`;
  return operation === 1 ? `ARP who has ${target}` : 'ARP reply';
}

/** In the order in which people say them. */
export function flagsText({ flags }: Tcp): string {
  const names = (['syn', 'fin', 'rst', 'psh', 'ack', 'urg'] as const).filter((name) => flags[name]);
  return names.map((name) => name.toUpperCase()).join('-') || '(no flags)';
}
