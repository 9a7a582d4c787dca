/** What `setsockopt` and `getsockopt` do (socket(7)). */
import { asksForError, reportedError } from '../../model/call-facts.ts';
import { type CallStep, linkedStep } from '../../timeline/step.ts';
import { argumentsText } from './call-arguments.ts';
import { errorText, saidByIcmp } from './error.ts';

/** SO_ERROR is how a program learns what became of a non-blocking `connect` (connect(2), EINPROGRESS). */
export function optionSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.call === 'setsockopt')
    return `${host} sets an option of its socket: ${argumentsText(call)}.`;
  if (!asksForError(call))
    return `${host} asks for an option of its socket: ${argumentsText(call)}.`;
  if (step.protocol === 'udp') return waitingErrorSentence(step);
  const came = linkedStep(step, 'completed-by', 'packet')?.packet.tcp?.flags;
  const asks = `${host} asks what became of its \`connect\` (SO_ERROR)`;
  if (came?.rst) return `${asks}: RST came back.`;
  if (came) return `${asks}: SYN-ACK has arrived, so the socket is connected.`;
  const error = reportedError(call);
  return `${asks}. The answer: ${error === undefined ? 'nothing went wrong' : errorText(error)}.`;
}

/** UDP has no handshake to ask about: what is pending there is an ICMP error. */
function waitingErrorSentence(step: CallStep): string {
  const asks = `${step.host} asks whether an error is pending at its socket (SO_ERROR)`;
  const error = reportedError(step.call);
  if (error === undefined) return `${asks}: none is.`;
  const message = linkedStep(step, 'completed-by', 'packet');
  return `${asks}, and takes it: ${errorText(error)}.${message ? ` ${saidByIcmp(message)}` : ''}`;
}
