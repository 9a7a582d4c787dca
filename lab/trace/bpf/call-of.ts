import type { Call, OptionValue, SocketArguments, TransferArguments } from '../../model/call.ts';
import { SYSTEM_CALLS } from '../../model/system-calls.ts';
import {
  errorName,
  FAMILIES,
  flagsOf,
  HOWS,
  MESSAGE_FLAGS,
  PROTOCOLS,
  SOCKET_FLAGS,
} from './names.ts';
import { optionNames } from './option-names.ts';
import type { CallRecord } from './record.ts';

const SOCK_STREAM = 1;
const TYPE_MASK = 0xf;

/** The call that a record tells, with its arguments. */
export function callOf(record: CallRecord): Call {
  const [, second = 0] = record.arguments;
  const call = SYSTEM_CALLS[record.call]?.name ?? 'close';
  switch (call) {
    case 'socket':
      return { call, arguments: socketArguments(record) };
    case 'bind':
    case 'connect':
      return { call, arguments: { family: FAMILIES[record.family] ?? `${record.family}` } };
    case 'listen':
      return { call, arguments: { backlog: second | 0 } };
    case 'shutdown': {
      const how = HOWS[second];
      return { call, arguments: how === undefined ? {} : { how } };
    }
    case 'setsockopt':
    case 'getsockopt':
      return { call, arguments: optionArguments(record) };
    case 'accept':
    case 'close':
    case 'io_uring':
      return { call, arguments: {} };
    default:
      return { call, arguments: transferArguments(record) };
  }
}

function socketArguments({ arguments: [family = 0, type = 0, protocol = 0] }: CallRecord) {
  const flags = flagsOf(type & ~TYPE_MASK, SOCKET_FLAGS);
  return {
    family: FAMILIES[family],
    type: (type & TYPE_MASK) === SOCK_STREAM ? 'SOCK_STREAM' : 'SOCK_DGRAM',
    ...(flags.length > 0 && { flags }),
    protocol: PROTOCOLS[protocol],
  } as SocketArguments;
}

/** In bytes. */
const REQUESTED_MAX = 2 ** 48;
/** Which of its arguments a call's flags are (send(2), recv(2), sendmmsg(2), recvmmsg(2)). */
const FLAGS_AT: Readonly<Record<string, number>> = {
  sendto: 3,
  sendmsg: 2,
  sendmmsg: 3,
  recvfrom: 3,
  recvmsg: 2,
  recvmmsg: 3,
};
/** And which is their size (sendfile(2), splice(2)). */
const SIZE_AT: Readonly<Record<string, number>> = { sendfile: 3, splice: 4 };

function transferArguments(record: CallRecord): TransferArguments {
  const { system = '' } = SYSTEM_CALLS[record.call] ?? {};
  const sizeAt = SIZE_AT[system];
  const size = sizeAt === undefined ? record.requestedBytes : (record.arguments[sizeAt] ?? 0);
  const flags = flagsOf(record.arguments[FLAGS_AT[system] ?? -1] ?? 0, MESSAGE_FLAGS);
  return {
    // A program may ask for more than there can be.
    ...(size <= REQUESTED_MAX && { requestedBytes: size }),
    ...(system.endsWith('mmsg') && { requestedMessages: record.arguments[2] ?? 0 }),
    ...(flags.length > 0 && { flags }),
  };
}

function optionArguments(record: CallRecord) {
  const [, level = 0, option = 0] = record.arguments;
  const names = optionNames(level | 0, option | 0);
  const value = optionValue(names.option, record.data);
  return { ...names, ...(value && { value }) };
}

const MICROSECONDS = 1000;

function optionValue(option: string, data: Buffer): OptionValue | undefined {
  if (data.length === 0) return undefined;
  if (/^SO_(?:RCV|SND)TIMEO$/.test(option) && data.length >= 16) {
    const [seconds, micros] = [data.readBigInt64LE(0), data.readBigInt64LE(8)];
    return { kind: 'timeout', timeoutMs: Number(seconds) * 1000 + Number(micros) / MICROSECONDS };
  }
  if (option === 'SO_LINGER' && data.length >= 8)
    return { kind: 'linger', isOn: data.readInt32LE(0) !== 0, seconds: data.readInt32LE(4) };
  if (data.length !== 4) return { kind: 'raw', text: `0x${data.toString('hex')}` };
  const number = data.readInt32LE(0);
  if (option !== 'SO_ERROR') return { kind: 'number', number };
  return { kind: 'error', ...(number !== 0 && { error: errorName(number) }) };
}
