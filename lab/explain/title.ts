import { endpointText } from '../model/endpoint-text.ts';
import type { Arp, Tcp } from '../model/packet.ts';
import { bytesOf, isReceive, isSend } from '../timeline/calls.ts';
import { fragmentOf } from '../timeline/packets/packet-key.ts';
import type { CallRecord } from '../timeline/records/call-record.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';
import type { StepRecord } from '../timeline/records/step-record.ts';
import type { CallStep } from '../timeline/step.ts';
import { argumentsText } from './call-arguments.ts';
import { icmpName } from './icmp-name.ts';
import { payloadPreview, shorten } from './preview.ts';
import { bytesText } from './words.ts';

/** Columns that a title takes at most. */
const TITLE_MAX = 40;

/** What a step is in a few words: `connect 172.18.0.2:50000`, `SYN-ACK`, `PSH-ACK 6 bytes "hello\n"`. */
export function titleOf(draft: StepRecord): string {
  return shorten(wordsOf(draft), TITLE_MAX);
}

function wordsOf(draft: StepRecord): string {
  switch (draft.kind) {
    case 'call':
      return callTitle(draft);
    case 'packet':
      return packetTitle(draft);
    case 'log':
      return draft.log.line;
    case 'fault':
      return `${draft.fault.fault} ${draft.fault.change}`;
    case 'host':
      return `${draft.host} ${draft.state.state}`;
  }
}

/** That of a call before it is cut. */
function callTitle({ call }: Pick<CallRecord, 'call'>): string {
  const words: string[] = [call.call];
  if (call.peer && call.call !== 'recvfrom') words.push(endpointText(call.peer));
  else if (call.error === undefined && (isSend(call) || isReceive(call)))
    words.push(bytesText(bytesOf(call) ?? 0));
  else if (call.error === undefined) words.push(argumentsText(call));
  if (call.error !== undefined) words.push(call.error);
  if (call.state !== undefined && call.state !== 'LISTEN' && call.state !== 'ESTABLISHED')
    words.push(call.state);
  if (call.stage === 'waiting') return `${call.call} waits`;
  if (call.data && call.data.preview !== '') words.push(`"${call.data.preview}"`);
  return words.join(' ').trim();
}

/** What a call's step says, however long that is: titles are cut. */
export function wholeTitle(step: CallStep): string {
  return step.title.endsWith('…') ? callTitle(step) : step.title;
}

function packetTitle({ packet }: PacketRecord): string {
  const { tcp, udp, arp, icmp, icmpv6, payloadLength } = packet;
  const fragment = fragmentOf(packet);
  if (fragment && fragment.offset > 0)
    return `fragment ${bytesText(payloadLength)} at ${fragment.offset}`;
  if (arp) return arpTitle(arp);
  if (icmp ?? icmpv6) return icmpName(packet);
  if (tcp === undefined && udp === undefined) return `packet ${bytesText(packet.length)}`;
  const name = tcp ? flagsText(tcp) : fragment ? 'UDP fragment' : 'UDP';
  if (payloadLength === 0) return udp ? 'UDP 0 bytes' : name;
  const size = `${name} ${bytesText(payloadLength)}`;
  const room = TITLE_MAX - size.length - 3;
  return `${size} "${payloadPreview(packet, room)}"`;
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
