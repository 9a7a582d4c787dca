import type {
  Call,
  CallName,
  ShutdownArguments,
  SocketArguments,
  TransferArguments,
  TransferName,
} from '../../model/call.ts';
import { optionValue } from './option-value.ts';
import { splitArguments } from './values.ts';

/** How long a part of a call may be in an event that is cut short, or that only a later kernel has, in characters. */
const PART_LENGTH_MAX = 80;
const COUNT = /^[0-9]{1,12}$/;
const FAMILY = /sa_family=(AF_\w{1,20})/;
/** strace distinguishes two layouts of a time that programs do not: `SO_RCVTIMEO_OLD`. */
const LAYOUT = /_(OLD|NEW)$/;

/**
 * A call with its arguments.
 *
 * @param text the arguments as strace prints them, of which those that the kernel fills in may be missing
 */
export function callOf(call: CallName, text: string): Call {
  const parts = splitArguments(text).map((part) => part.slice(0, PART_LENGTH_MAX));
  switch (call) {
    case 'socket':
      return { call, arguments: socketArguments(parts) };
    case 'bind':
    case 'connect':
      return { call, arguments: given({ family: FAMILY.exec(text)?.[1] }) };
    case 'listen':
      return { call, arguments: given({ backlog: countIn(parts[1]) }) };
    case 'shutdown':
      return { call, arguments: given({ how: howIn(parts[1]) }) };
    case 'setsockopt':
    case 'getsockopt': {
      const option = parts[2]?.replace(LAYOUT, '');
      const value = parts[3] === undefined ? undefined : optionValue(option, parts[3]);
      return { call, arguments: given({ level: parts[1], option, value }) };
    }
    case 'accept':
    case 'close':
    case 'io_uring':
      return { call, arguments: {} };
    default:
      return { call, arguments: transferArguments(call, text, parts) };
  }
}

function socketArguments([family, kind, protocol]: readonly string[]): SocketArguments {
  const [type, ...flags] = kind?.split('|') ?? [];
  return given({
    family: family === 'AF_INET' || family === 'AF_INET6' ? family : undefined,
    type: type === 'SOCK_STREAM' || type === 'SOCK_DGRAM' ? type : undefined,
    flags: flags.length > 0 ? flags : undefined,
    protocol,
  });
}

function howIn(text: string | undefined): ShutdownArguments['how'] {
  return text === 'SHUT_RD' || text === 'SHUT_WR' || text === 'SHUT_RDWR' ? text : undefined;
}

const IOV_LENGTH = /iov_len=([0-9]{1,12})/g;
/** Which of its arguments a call's flags are (send(2), recv(2), sendmmsg(2), recvmmsg(2)). */
const FLAGS_AT: Partial<Record<TransferName, number>> = {
  send: 3,
  sendto: 3,
  sendmsg: 2,
  sendmmsg: 3,
  recv: 3,
  recvfrom: 3,
  recvmsg: 2,
  recvmmsg: 3,
};
/** And which is their size (sendfile(2), splice(2)). */
const SIZE_AT: Partial<Record<TransferName, number>> = { sendfile: 3, splice: 4 };

function transferArguments(
  call: TransferName,
  text: string,
  parts: readonly string[],
): TransferArguments {
  const vectors = [...text.matchAll(IOV_LENGTH)].map(([, length]) => Number(length));
  const size = countIn(parts[SIZE_AT[call] ?? 2]);
  const flags = parts[FLAGS_AT[call] ?? parts.length] ?? '';
  return given({
    requestedBytes: vectors.length > 0 ? vectors.reduce((a, b) => a + b) : size,
    requestedMessages: call.endsWith('mmsg') ? countIn(parts[2]) : undefined,
    flags: flags.startsWith('MSG_') ? flags.split('|') : undefined,
  });
}

function countIn(text = ''): number | undefined {
  return COUNT.test(text) ? Number(text) : undefined;
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without what was not seen: an event is the same before and after JSON. */
function given<T extends object>(values: T): Given<T> {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Given<T>;
}
