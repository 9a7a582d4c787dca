/** Reads the records of the loader: see `lab/in-probe/trace/bpf/record.h`. Pure. */
import type { Message } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import { ADDRESS_BYTES, addressAt, endAt } from './address.ts';
import type { BpfRecord, CallRecord, ProcessRecord, SocketFacts } from './record.ts';

const KINDS = [
  ...([undefined, 'returned', 'waiting', 'present', 'process'] as const),
  ...(['ready', 'missed', 'ended', 'memory', 'processes', 'killed'] as const),
];
const HEADER_BYTES = 8;

/** Sockets by the bytes that tell them: of most, several calls are told one after the other. */
type Sockets = LruMap<string, SocketFacts>;
const SOCKETS_MAX = 1024;

/** Finds the records, wherever the chunks are cut. */
export class RecordParser {
  #rest: Buffer = Buffer.alloc(0);
  readonly #sockets: Sockets = new LruMap(SOCKETS_MAX);

  push(chunk: Buffer): BpfRecord[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const records: BpfRecord[] = [];
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const end = at + bytes.readUInt16LE(at);
      if (end > bytes.length) break;
      records.push(readRecord(bytes.subarray(at, end), this.#sockets));
      at = end;
    }
    this.#rest = bytes.subarray(at);
    return records;
  }
}

function readRecord(record: Buffer, sockets: Sockets): BpfRecord {
  const kind = KINDS[record.readUInt8(2)];
  const host = record.readUInt32LE(4);
  switch (kind) {
    case 'returned':
    case 'waiting':
    case 'present':
      return readCall(record, { kind, host }, sockets);
    case 'process':
      return readProcess(record, host);
    case 'ready':
    case 'ended':
      return { kind, host };
    case undefined:
      throw new RangeError(`Cannot read the kernel's records: there is none of kind ${record[2]}`);
    default:
      return { kind, host, count: wideAt(record, 8) };
  }
}

/** 64 bits, of a number that fits into 53. */
const wideAt = (record: Buffer, at: number) =>
  record.readUInt32LE(at) + record.readUInt32LE(at + 4) * 2 ** 32;

/** Where the parts of `struct call` are. */
const AT = { process: 8, beganNs: 16, tookNs: 24, result: 32, arguments: 40, socket: 88 } as const;
const ARGUMENTS = [0, 1, 2, 3, 4, 5].map((n) => AT.arguments + 8 * n);
const PEER = 160;
const REST = PEER + ADDRESS_BYTES;
const DATA = 208;
/** Of the data in front of messages. */
const SHOWN_BYTES = 256;
const MESSAGE_BYTES = 28;
const NOTHING = Buffer.alloc(0);
const NONE: readonly Message[] = [];

function readCall(
  record: Buffer,
  { kind, host }: Pick<CallRecord, 'kind' | 'host'>,
  sockets: Sockets,
): CallRecord {
  const dataBytes = record.readUInt16LE(REST + 2);
  const messages = record.readUInt16LE(REST + 4);
  const beganNs = record.readBigUInt64LE(AT.beganNs);
  return {
    kind,
    host,
    pid: record.readUInt32LE(AT.process),
    tid: record.readUInt32LE(AT.process + 4),
    beganNs,
    atNs: beganNs + record.readBigUInt64LE(REST + 20),
    tookNs: wideAt(record, AT.tookNs),
    result: record.readUInt32LE(AT.result) + record.readInt32LE(AT.result + 4) * 2 ** 32,
    arguments: ARGUMENTS.map((at) => wideAt(record, at)),
    socket: socketIn(record, sockets),
    peer: addressAt(record, PEER),
    family: record.readUInt16LE(PEER),
    call: record.readUInt16LE(REST) - 1,
    data: dataBytes === 0 ? NOTHING : record.subarray(DATA, DATA + dataBytes),
    messages: messages === 0 ? NONE : readMessages(record, messages),
    segmentBytes: record.readUInt16LE(REST + 6),
    requestedBytes: wideAt(record, REST + 12),
  };
}

const IPPROTO_TCP = 6;

function socketIn(record: Buffer, sockets: Sockets): SocketFacts | undefined {
  const bytes = record.toString('latin1', AT.socket, PEER);
  const known = sockets.get(bytes);
  if (known) return known;
  const socket = readSocket(record);
  if (socket) sockets.set(bytes, socket);
  return socket;
}

function readSocket(record: Buffer): SocketFacts | undefined {
  const [local, remote] = [AT.socket + 8, AT.socket + 8 + ADDRESS_BYTES];
  const rest = remote + ADDRESS_BYTES;
  const protocol = record.readUInt16LE(rest + 4);
  if (protocol === 0) return undefined;
  return {
    fd: record.readInt32LE(rest),
    inode: `${wideAt(record, AT.socket)}`,
    protocol: protocol === IPPROTO_TCP ? 'tcp' : 'udp',
    local: endAt(record, local),
    remote: endAt(record, remote),
    state: record.readUInt8(rest + 6),
    segmentBytes: record.readUInt32LE(rest + 8),
    unread: record.readUInt32LE(rest + 12),
    unacknowledgedBytes: record.readUInt32LE(rest + 16),
  };
}

function readMessages(record: Buffer, count: number): Message[] {
  const first = DATA + SHOWN_BYTES;
  return Array.from({ length: count }, (_, n) => readMessage(record, first + MESSAGE_BYTES * n));
}

function readMessage(record: Buffer, at: number): Message {
  const peer = addressAt(record, at);
  const segmentBytes = record.readUInt16LE(at + ADDRESS_BYTES);
  const bytes = record.readUInt32LE(at + ADDRESS_BYTES + 4);
  return { bytes, ...(peer && { peer }), ...(segmentBytes > 0 && { segmentBytes }) };
}

/** Where the parts of `struct process` are. */
const [PID, ANCESTORS, COMMAND_NAME, COMMAND_BYTES, COMMAND] = [12, 16, 48, 64, 72];

function readProcess(record: Buffer, host: number): ProcessRecord {
  const words = record.toString('utf8', COMMAND, COMMAND + record.readUInt32LE(COMMAND_BYTES));
  const [name = ''] = record.toString('utf8', COMMAND_NAME, COMMAND_BYTES).split('\0');
  const ancestors: number[] = [];
  for (let at = ANCESTORS; at < COMMAND_NAME; at += 4) {
    const pid = record.readUInt32LE(at);
    if (pid !== 0) ancestors.push(pid);
  }
  const command = words.split('\0').slice(0, words.endsWith('\0') ? -1 : undefined);
  return { kind: 'process', host, pid: record.readUInt32LE(PID), ancestors, name, command };
}
