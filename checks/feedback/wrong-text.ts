import { bytesText } from '../../lab/explain/phrases.ts';
import { type CallStep, titleOf } from '../../lab/index.ts';
import { bytesOf, requestOf } from '../../lab/model/call-facts.ts';
import { endpointText } from '../../lab/model/endpoint-text.ts';
import { between } from '../../lab/util/nanoseconds.ts';
import type { Wrong } from '../wrong.ts';

/**
 * At which step a program went wrong, in a sentence that addresses its author.
 *
 * @param sinceNs what its times count from
 */
export function wrongText(wrong: Wrong, sinceNs: string): string {
  if (wrong.kind === 'named')
    return `${titleOf(wrong.step)}, at ${seconds(sinceNs, wrong.step.atNs)}`;
  const { step } = wrong;
  const name = nameOf(step);
  const at = `at ${seconds(sinceNs, step.endNs ?? step.atNs)}`;
  switch (wrong.kind) {
    case 'address':
      return `your ${name} ${step.call.call === 'bind' ? 'asked for' : 'went to'} ${step.call.peer ? endpointText(step.call.peer) : 'no address'}, ${at}`;
    case 'reset':
      return `your ${name} ${at} sent RST in place of FIN`;
    case 'left-child':
      return wrong.isOfChild
        ? `your ${name} ${at} was called by a child process, which was still at work when the program that had started it ended`
        : `your ${name} ${at} was the last call of the program itself, which then ended; its child process was still at work`;
    case 'still-open':
      return `your ${name} ${at} was not enough: another ${wrong.isInOtherProcess ? 'process' : 'descriptor'} still has the connection open, so that no FIN is sent`;
    case 'not-closed':
      return `your ${name} ${at} was the last call on this connection: close was not called`;
    case 'wrong-byte':
      return `your ${name} of ${bytesText(bytesOf(step.call) ?? 0)} ${at} sent the first wrong byte; ${bytesText(wrong.before)} before it ${wrong.before === 1 ? 'is' : 'are'} right`;
    case 'not-expected':
      return `your ${name} ${at} sent ${bytesText(bytesOf(step.call) ?? 0)} where none were expected`;
    case 'part-sent':
      if (step.protocol === 'udp')
        return `your ${name} ${at} sent ${bytesText(wrong.sent)} where ${wrong.of} were expected`;
      return `your ${name} ${at} was the last: ${wrong.sent} of ${bytesText(wrong.of)} had been sent${takenText(step)}`;
    case 'part-received':
      return `your ${name} ${at} was the last: it had returned ${wrong.received} of ${bytesText(wrong.of)}${restText(wrong, sinceNs)}`;
    case 'datagram-cut':
      return `your ${name} ${at} asked for at most ${bytesText(bytesOf(step.call) ?? 0)}: the datagram had ${wrong.of}, and the rest is lost`;
    case 'all-received':
      return `your ${name} ${at} returned the last of ${bytesText(wrong.of)}: all had been received, and it went wrong after that`;
    case 'end-ignored':
      return `your ${name} ${at} returned 0 bytes, which is the end of the stream; it was called ${wrong.again} times more by then`;
    case 'last-sent':
      return `your ${name} ${at} was the last that sent something`;
    case 'waiting':
      return `your ${name} was called at ${seconds(sinceNs, step.atNs)}, and had waited for ${(wrong.forNs / 1e9).toFixed(1)} s by then`;
    case 'timed-out':
      return `your ${name} ${at} gave up after ${(wrong.afterNs / 1e9).toFixed(1)} s, by the time limit of its socket`;
    case 'failed':
      return `your ${name} ${at} failed with ${step.call.error}`;
    case 'paused':
      return `after your ${name} ${at} there was no call for ${(wrong.forNs / 1e9).toFixed(1)} s`;
    case 'ended-after':
      return `your program ended after your ${name} ${at}`;
    case 'last':
      return `your last call was ${name}, ${at}`;
  }
}

/** What libc makes of `recv` and `send` (recv(2), send(2)). */
const librarys: Readonly<Record<string, string>> = { recvfrom: 'recv', sendto: 'send' };

/** As a program calls it, where the diagram has the system call. */
function nameOf({ call: { call }, protocol }: CallStep): string {
  const name = protocol === 'tcp' ? librarys[call] : undefined;
  return name ? `${name} (${call} below)` : call;
}

function takenText({ call }: CallStep): string {
  const [taken = 0, { requestedBytes = 0 }] = [bytesOf(call), requestOf(call)];
  return taken < requestedBytes
    ? `; it took ${taken} of the ${requestedBytes} that it was given`
    : '';
}

function restText({ step, restNs }: Wrong & { kind: 'part-received' }, sinceNs: string): string {
  if (restNs === undefined) return '; the rest has not arrived';
  if (BigInt(restNs) <= BigInt(step.endNs ?? step.atNs)) return '; the rest was there, too';
  return `; the rest arrived at ${seconds(sinceNs, restNs)}`;
}

const seconds = (sinceNs: string, atNs: string) => `${(between(sinceNs, atNs) / 1e9).toFixed(3)} s`;
