/** What `shutdown` and `close` do (shutdown(2), close(2); RFC 9293, section 3.6). */
import { type CallStep, linkedStep } from '../../timeline/step.ts';

export function shutdownSentence(step: CallStep): string {
  const { host, call } = step;
  if (step.isListening) return stopSentence(step);
  const how = call.call === 'shutdown' ? call.arguments.how : undefined;
  if (how !== 'SHUT_WR' && how !== 'SHUT_RDWR')
    return `${host} will receive no more on this socket. Nothing is sent.`;
  const isBoth = how === 'SHUT_RDWR';
  const who = isBoth
    ? `${host} will neither send nor receive any more`
    : `${host} will send no more`;
  if (step.protocol === 'udp') return `${who} on this socket. UDP has no FIN: nothing is sent.`;
  const before = endedBefore(step);
  if (before) return `${who}. ${before}, so nothing is sent now.`;
  const half = isBoth ? '' : ' It can still receive: a half-close.';
  return `${who}: its kernel sends FIN after the last byte.${half}`;
}

/** Only the receiving half means anything; Linux fails a waiting `accept` with EINVAL. */
function stopSentence({ host, call }: CallStep): string {
  if (call.call === 'shutdown' && call.arguments.how === 'SHUT_WR')
    return `${host}'s socket listens and never sends: nothing changes.`;
  return `${host} stops listening: a waiting \`accept\` fails, and SYN is answered with RST from now on. No FIN is sent, because this socket has no peer.`;
}

export function closeSentence(step: CallStep): string {
  const { host } = step;
  const sent = linkedStep(step, 'caused', 'packet')?.packet.tcp?.flags;
  if (sent?.rst)
    return `${host} closes its socket. Its kernel sends RST instead of FIN, because bytes were left unread or SO_LINGER asks for it.`;
  if (sent?.fin)
    return `${host} closes its socket: its kernel sends FIN, because no more bytes will follow.`;
  if (step.finding === 'not-last-descriptor')
    return `${host} closes its copy of the socket's descriptor. Another process or descriptor still has the socket: nothing is sent.`;
  const before = endedBefore(step);
  if (before) return `${host} closes its socket. ${before}, so nothing is sent now.`;
  if (step.isListening)
    return `${host} closes its descriptor of the listening socket. When no other process has that open, its kernel answers SYN with RST.`;
  if (step.conversation === undefined || step.protocol !== 'tcp')
    return `${host} closes its socket.`;
  return `${host} closes its descriptor. When no other process has the socket open, its kernel sends FIN.`;
}

/** Why it makes the kernel send no FIN. */
function endedBefore({ finding }: CallStep): string | undefined {
  if (finding === 'fin-already-sent') return 'FIN had already been sent';
  return finding === 'rst-already-received' ? 'RST had already arrived' : undefined;
}
