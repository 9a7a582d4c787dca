import { endpointText } from '../model/endpoint-text.ts';
import { asksForNothing, bytesLeft, bytesOf, readsErrorQueue, roomOf } from '../timeline/calls.ts';
import { datagramBytes } from '../timeline/follow/udp/follow-udp.ts';
import type { CallRecord } from '../timeline/records/call-record.ts';
import { linked } from '../timeline/records/links.ts';
import { cutSentence, gotSeveral, sentDatagrams, unsentMessages } from './datagrams.ts';
import { icmpName } from './icmp-name.ts';
import { bytesText } from './words.ts';

export function sendSentence(draft: CallRecord): string {
  const { host, call } = draft;
  const size = bytesText(bytesOf(call) ?? 0);
  const to = call.peer ? ` to ${endpointText(call.peer)}` : '';
  if (isDatagram(draft)) {
    return `${host}'s \`${call.call}\` sends ${sentDatagrams(call, size)}${to}.${cutSentence(call)} The call returns when the kernel has taken it, not when it has arrived.${unsentMessages(draft)}`;
  }
  if (call.stage !== 'returned') {
    return `${host}'s \`${call.call}\` waits for room in the kernel's send buffer.`;
  }
  const linked = draft.links.filter(
    ({ kind, to }) => kind === 'caused' && to.kind === 'packet' && !to.isRetransmission,
  );
  const segments = linked.length + (draft.linksLeftOut ?? 0);
  const them = bytesOf(call) === 1 ? 'it' : 'them';
  const how = segments > 0 ? `, which sends ${them} in ${segmentsText(segments)}` : '';
  const left = bytesLeft(call);
  const rest =
    left > 0
      ? ` The kernel did not take the other ${bytesText(left)}, as a rule because its send buffer is full: the program has to give them again.`
      : '';
  return `${host}'s \`${call.call}\` gives ${size} to its kernel${how}. The call does not wait for ${them} to arrive.${rest}`;
}

export function receiveSentence(draft: CallRecord): string {
  const { host, call } = draft;
  const who = `${host}'s \`${call.call}\``;
  if (call.stage !== 'returned') return `${who} waits for something to arrive.`;
  if (readsErrorQueue(call)) return queuedSentence(draft, who);
  const bytes = bytesOf(call) ?? 0;
  if (isDatagram(draft) && draft.finding !== 'receiving-shut-down') {
    const from = call.peer ? ` from ${endpointText(call.peer)}` : '';
    const several = gotSeveral(call, bytes);
    if (several !== '') return `${who} ${several}`;
    const whole = cutFrom(draft, bytes);
    if (whole > bytes)
      return `${who} gets the first ${bytesText(bytes)} of a datagram of ${whole}${from}: it asked for no more, and the kernel throws the rest away.`;
    return `${who} gets one datagram, of ${bytesText(bytes)}${from}.`;
  }
  if (bytes === 0) return `${who} returns 0${whyNothing(draft)}.`;
  const segments = draft.links.filter(({ kind }) => kind === 'completed-by').length;
  const how = segments > 0 ? `, which came in ${segmentsText(segments)}` : '';
  return `${who} gets ${bytesText(bytes)}${how}.`;
}

/** What it gets is the datagram that the error is about, as far as that was quoted (ip(7), IP_RECVERR). */
function queuedSentence(draft: CallRecord, who: string): string {
  const error = linked(draft, 'completed-by', 'packet');
  const which = error ? `${icmpName(error.packet)}, for` : 'with';
  return `${who} takes an error from the queue of its socket (MSG_ERRQUEUE): ${which} a datagram that it sent.`;
}

/** How long the datagram was of which a call got as much as it asked for (udp(7), recv(2)); 0 where nobody can tell. */
function cutFrom(draft: CallRecord, bytes: number): number {
  const datagram = linked(draft, 'completed-by', 'packet');
  if (!datagram?.packet.udp || roomOf(draft.call) !== bytes) return 0;
  return datagramBytes(datagram);
}

/** read(2), recv(2), shutdown(2). */
function whyNothing(draft: CallRecord): string {
  if (linked(draft, 'completed-by', 'packet')?.packet.tcp?.flags.fin)
    return ": the peer's FIN has arrived, and no more bytes will come";
  if (draft.finding === 'fin-already-received')
    return ": the peer's FIN came before the trace began, and no more bytes will come";
  if (asksForNothing(draft.call)) return ', as it asked for no bytes';
  if (draft.finding === 'receiving-shut-down')
    return ': its own program has shut down receiving on this socket. No FIN was needed for that';
  return ': no more bytes will come';
}

function isDatagram({ call, socket, conversation }: CallRecord): boolean {
  return (conversation?.protocol ?? call.socket?.protocol ?? socket?.protocol) === 'udp';
}

function segmentsText(count: number): string {
  return count === 1 ? 'one segment' : `${count} segments`;
}
