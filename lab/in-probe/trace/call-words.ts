import { endpointText } from '../../model/endpoint-text.ts';
import type { CallName } from '../../model/event.ts';
import { optionInWords } from './option-words.ts';
import { endpointIn, spliceDirection, splitArguments } from './values.ts';

/** The arguments of a call in words, as a learner would write them: `AF_INET, SOCK_STREAM`, `SO_REUSEADDR, 1`, `38 bytes`. */
export function argumentsInWords(call: CallName, text: string): string {
  const parts = splitArguments(text).map((part) => part.slice(0, PART_LENGTH_MAX));
  switch (call) {
    case 'socket':
      return [parts[0], parts[1]?.replace('|SOCK_CLOEXEC', '')].join(', ');
    case 'bind':
    case 'connect':
      return named(text) ?? (/sa_family=(AF_\w{1,20})/.exec(text)?.[1] || '');
    case 'listen':
    case 'shutdown':
      return parts[1] ?? '';
    case 'setsockopt':
    case 'getsockopt':
      return optionInWords(parts[2], parts[3]);
    case 'accept':
    case 'close':
    case 'io_uring':
      return '';
    default:
      return transfer(call, text, parts);
  }
}

/** What the strange part of a call, cut or of a kernel to come, may take of an event. */
const PART_LENGTH_MAX = 80;
const IOV_LENGTH = /iov_len=([0-9]{1,12})/g;
/** Which of its arguments a call's flags are (send(2), recv(2), sendmmsg(2), recvmmsg(2)). */
const FLAGS_AT: Partial<Record<CallName, number>> = {
  ...{ send: 3, sendto: 3, sendmsg: 2, sendmmsg: 3 },
  ...{ recv: 3, recvfrom: 3, recvmsg: 2, recvmmsg: 3 },
};
/** And which their size is (sendfile(2), splice(2)). */
const SIZE_AT: Partial<Record<CallName, number>> = { sendfile: 3, splice: 4 };
const COUNT = /^[0-9]{1,12}$/;

function transfer(call: CallName, text: string, parts: readonly string[]): string {
  const isOut = call === 'splice' ? spliceDirection(text) === 'out' : /^(send|write)/.test(call);
  const vectors = [...text.matchAll(IOV_LENGTH)].map(([, length]) => Number(length));
  const size = parts[SIZE_AT[call] ?? 2];
  const bytes = vectors.length > 0 ? vectors.reduce((a, b) => a + b) : size;
  if (!COUNT.test(String(bytes))) return '';
  const flags = parts[FLAGS_AT[call] ?? parts.length];
  const to = isOut && named(text);
  const messages =
    call.endsWith('mmsg') && COUNT.test(parts[2] ?? '') ? ` in ${parts[2]} messages` : '';
  return [
    `${isOut ? '' : 'up to '}${bytes} bytes${messages}${to ? ` to ${to}` : ''}`,
    /^MSG_/.test(flags ?? '') ? flags : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

function named(text: string): string | undefined {
  const endpoint = endpointIn(text);
  return endpoint && endpointText(endpoint);
}
