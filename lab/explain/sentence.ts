import { fragmentOf } from '../timeline/packets/packet-key.ts';
import type { FaultRecord, HostRecord } from '../timeline/records/event-records.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';
import type { StepRecord } from '../timeline/records/step-record.ts';
import { arpSentence } from './arp.ts';
import { callSentence } from './call.ts';
import { datagramSentence, fragmentSentence } from './datagram.ts';
import { deliverySentence } from './delivery.ts';
import { faultText } from './fault-words.ts';
import { icmpSentence } from './icmp.ts';
import { segmentSentence } from './segment.ts';

/** What happened and why, for somebody who learns it: one to three short sentences. */
export function sentenceOf(draft: StepRecord): string {
  switch (draft.kind) {
    case 'call':
      return callSentence(draft);
    case 'packet':
      return [packetSentence(draft), unexplained(draft), deliverySentence(draft)]
        .filter(Boolean)
        .join(' ');
    case 'log':
      return `The program at ${draft.host} logged this line.`;
    case 'fault':
      return faultSentence(draft);
    case 'host':
      return hostSentence(draft);
  }
}

function unexplained(draft: PacketRecord): string {
  if (!draft.isUnexplained) return '';
  return `No traced call explains it: ${draft.from}'s program uses something else, such as io_uring, or is one that is not traced.`;
}

function packetSentence(draft: PacketRecord): string {
  const { arp, icmp, icmpv6, tcp, udp } = draft.packet;
  const fragment = fragmentOf(draft.packet);
  if (fragment) return fragmentSentence(draft, fragment);
  if (tcp) return segmentSentence(draft, tcp);
  if (udp) return datagramSentence(draft);
  if (icmp ?? icmpv6) return icmpSentence(draft);
  if (arp) return arpSentence(draft);
  return `${draft.from} sends a packet to ${draft.to}.`;
}

function faultSentence({ host, fault }: FaultRecord): string {
  const { change, from } = fault;
  const description = faultText(fault);
  const where = from ? `on the way from ${from} to ${host}` : `on the way to ${host}`;
  return change === 'applied'
    ? `From now on a fault is ${where}: ${description}.`
    : `Healed ${where}: ${description}.`;
}

function hostSentence({ host, state: { state, addresses, sharesNetworkOf } }: HostRecord): string {
  const at = addresses.length > 0 ? ` Its addresses are ${addresses.join(' and ')}.` : '';
  if (state === 'paused')
    return `${host} is paused: its programs do not run, its kernel still answers.`;
  const shared = sharesNetworkOf
    ? ` It shares the network of ${sharesNetworkOf}, where the packets of both are told.`
    : '';
  return `${host} is ${state}.${at}${shared}`;
}
