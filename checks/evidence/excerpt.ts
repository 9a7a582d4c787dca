import type { PacketStep, Step } from '../../lab/index.ts';
import type { Wrong } from '../wrong.ts';

const STEPS_BEFORE = 7;
const STEPS_AFTER = 4;
/** These are about what became of the bytes of one conversation. */
const OF_CONVERSATION: readonly Wrong['kind'][] = [
  'named',
  'still-open',
  'not-closed',
  'wrong-byte',
  'not-expected',
  'part-sent',
  'part-received',
  'datagram-cut',
  'all-received',
];

/**
 * The part of a timeline around the step at which a program went wrong: its calls, and the packets from and to it. What came before its
 * first call is left out: no program has a part in that, and times count from that call.
 *
 * @param hosts the names of the hosts on which it ran
 */
export function excerpt(
  steps: readonly Step[],
  hosts: readonly string[],
  { kind, step: { id, conversation } }: Wrong,
): Step[] {
  const isOneOnly = OF_CONVERSATION.includes(kind) && conversation !== undefined;
  const first = steps.findIndex((step) => step.kind === 'call' && hosts.includes(step.host));
  const shown = steps
    .slice(first)
    .filter(
      (step) =>
        isOf(step, hosts) &&
        (!isOneOnly || step.conversation === undefined || step.conversation === conversation),
    );
  const at = shown.findIndex((step) => step.id === id);
  return shown.slice(Math.max(0, at - STEPS_BEFORE), at + STEPS_AFTER + 1);
}

function isOf(step: Step, hosts: readonly string[]): boolean {
  if (step.kind === 'packet')
    return isOfProgram(step) && (hosts.includes(step.from) || hosts.includes(step.to));
  return step.kind === 'call' && hosts.includes(step.host);
}

/** Hosts look for each other's addresses and for routers by themselves. */
const isOfProgram = ({ packet: { tcp, udp, icmp } }: PacketStep) =>
  tcp !== undefined || udp !== undefined || icmp !== undefined;
