import {
  asksForNothing,
  bytesLeft,
  bytesOf,
  readsErrorQueue,
  roomOf,
} from '../../model/call-facts.ts';
import { endpointText } from '../../model/endpoint-text.ts';
import { datagramBytes } from '../../timeline/packets/datagram-bytes.ts';
import { type CallStep, linkedStep } from '../../timeline/step.ts';
import { icmpName } from '../packets/icmp-name.ts';
import { bytesText } from '../phrases.ts';
import { cutSentence, gotSeveral, sentDatagrams, unsentMessages } from './datagrams.ts';

export function sendSentence(step: CallStep): string {
  const { host, call } = step;
  const size = bytesText(bytesOf(call) ?? 0);
  const to = call.peer ? ` to ${endpointText(call.peer)}` : '';
  if (isDatagram(step)) {
    return `${host}'s \`${call.call}\` sends ${sentDatagrams(call, size)}${to}.${cutSentence(call)} The call returns when the kernel has taken it, not when it has arrived.${unsentMessages(step)}`;
  }
  if (call.stage !== 'returned') {
    return `${host}'s \`${call.call}\` waits for room in the kernel's send buffer.`;
  }
  const linked = step.links.filter(
    ({ kind, to }) => kind === 'caused' && to.kind === 'packet' && !to.isRetransmission,
  );
  const segments = linked.length + (step.linksLeftOut ?? 0);
  const them = bytesOf(call) === 1 ? 'it' : 'them';
  const how = segments > 0 ? `, which sends ${them} in ${segmentsText(segments)}` : '';
  const left = bytesLeft(call);
  const rest =
    left > 0
      ? ` The kernel did not take the other ${bytesText(left)}, usually because its send buffer is full: the program has to pass them again.`
      : '';
  return `${host}'s \`${call.call}\` passes ${size} to its kernel${how}. The call does not wait for ${them} to arrive.${rest}`;
}

export function receiveSentence(step: CallStep): string {
  const { host, call } = step;
  const who = `${host}'s \`${call.call}\``;
  if (call.stage !== 'returned') return `${who} waits for something to arrive.`;
  if (readsErrorQueue(call)) return queuedSentence(step, who);
  const bytes = bytesOf(call) ?? 0;
  if (isDatagram(step) && step.finding !== 'receiving-shut-down') {
    const from = call.peer ? ` from ${endpointText(call.peer)}` : '';
    const several = gotSeveral(call, bytes);
    if (several !== '') return `${who} ${several}`;
    const whole = cutFrom(step, bytes);
    if (whole > bytes)
      return `${who} receives the first ${bytesText(bytes)} of a datagram of ${whole}${from}: it asked for no more, and the kernel discards the rest.`;
    return `${who} receives one datagram, of ${bytesText(bytes)}${from}.`;
  }
  if (bytes === 0) return `${who} returns 0${whyNothing(step)}.`;
  const segments = step.links.filter(({ kind }) => kind === 'completed-by').length;
  const how = segments > 0 ? `, which arrived in ${segmentsText(segments)}` : '';
  return `${who} receives ${bytesText(bytes)}${how}.`;
}

/** What it receives is the datagram that the error is about, as far as that was quoted (ip(7), IP_RECVERR). */
function queuedSentence(step: CallStep, who: string): string {
  const error = linkedStep(step, 'completed-by', 'packet');
  const which = error ? `${icmpName(error.packet)}, for` : 'with';
  return `${who} takes an error from its socket's error queue (MSG_ERRQUEUE): ${which} a datagram that it sent.`;
}

/** The length of a datagram of which a call received as much as it asked for (udp(7), recv(2)); 0 where it is not known. */
function cutFrom(step: CallStep, bytes: number): number {
  const datagram = linkedStep(step, 'completed-by', 'packet');
  if (!datagram?.packet.udp || roomOf(step.call) !== bytes) return 0;
  return datagramBytes(datagram);
}

/** read(2), recv(2), shutdown(2). */
function whyNothing(step: CallStep): string {
  if (linkedStep(step, 'completed-by', 'packet')?.packet.tcp?.flags.fin)
    return ": the peer's FIN has arrived, and no more bytes will follow";
  if (step.finding === 'fin-already-received')
    return ": the peer's FIN arrived before the trace began, and no more bytes will follow";
  if (asksForNothing(step.call)) return ', because it asked for no bytes';
  if (step.finding === 'receiving-shut-down')
    return ': its own program has shut down receiving on this socket. No FIN was needed for that';
  return ': no more bytes will follow';
}

function isDatagram({ protocol }: CallStep): boolean {
  return protocol === 'udp';
}

function segmentsText(count: number): string {
  return count === 1 ? 'one segment' : `${count} segments`;
}
