import { fragmentOf } from '../timeline/packets/packet-key.ts';
import type { FaultStep, HostStep, PacketStep, Step } from '../timeline/step.ts';
import { callSentence } from './calls/call-sentence.ts';
import { faultText } from './faults/fault-text.ts';
import { arpSentence } from './packets/arp.ts';
import { datagramSentence, fragmentSentence } from './packets/datagram.ts';
import { deliverySentence } from './packets/delivery.ts';
import { icmpSentence } from './packets/icmp.ts';
import { segmentSentence } from './packets/segment.ts';

/** What happened and why, for a learner: one to three short sentences. */
export function sentenceOf(step: Step): string {
  if ('isPreliminary' in step)
    return 'What it means is not known yet: what happened before it may still be reported.';
  switch (step.kind) {
    case 'call':
      return callSentence(step);
    case 'packet':
      return [packetSentence(step), unexplained(step), deliverySentence(step)]
        .filter(Boolean)
        .join(' ');
    case 'log':
      return `The program at ${step.host} logged this line.`;
    case 'fault':
      return faultSentence(step);
    case 'host':
      return hostSentence(step);
  }
}

function unexplained(step: PacketStep): string {
  if (!step.isUnexplained) return '';
  return `No traced call explains it: ${step.from}'s program uses something else, such as io_uring, or is one that is not traced.`;
}

function packetSentence(step: PacketStep): string {
  const { arp, icmp, icmpv6, tcp, udp } = step.packet;
  const fragment = fragmentOf(step.packet);
  if (fragment) return fragmentSentence(step, fragment);
  if (tcp) return segmentSentence(step, tcp);
  if (udp) return datagramSentence(step);
  if (icmp ?? icmpv6) return icmpSentence(step);
  if (arp) return arpSentence(step);
  return `${step.from} sends a packet to ${step.to}.`;
}

function faultSentence({ host, fault }: FaultStep): string {
  const { change, from } = fault;
  const path = from ? `the path from ${from} to ${host}` : `the path to ${host}`;
  return change === 'applied'
    ? `A fault begins on ${path}: ${faultText(fault)}.`
    : `The fault on ${path} has ended: ${faultText(fault)}.`;
}

function hostSentence({ host, state: { state, addresses, sharesNetworkOf } }: HostStep): string {
  const at = addresses.length > 0 ? ` Its addresses are ${addresses.join(' and ')}.` : '';
  if (state === 'paused')
    return `${host} is paused: its programs do not run, its kernel still answers.`;
  const shared = sharesNetworkOf
    ? ` It shares the network of ${sharesNetworkOf}, where the packets of both are shown.`
    : '';
  return `${host} is ${state}.${at}${shared}`;
}
