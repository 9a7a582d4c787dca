import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { WIRE_SOCKET } from '../../model/wire-socket.ts';

const DEFAULT_QUEUE = 50;

export interface ProgramSettings {
  /** The name of the host, for events and messages. */
  readonly host: string;
  /** The first of two queues. */
  readonly queue: number;
  /** Where the program listens for commands. */
  readonly socket: string;
  /** Only answer in place of a wire that was killed. */
  readonly isKilled: boolean;
  /** No wire: only find or remove the rules that a killed one has left. */
  readonly leftRules?: 'find' | 'remove';
}

/** @throws {TypeError | RangeError} for an unknown option, or an invalid value. */
export function programSettings(args: readonly string[]): ProgramSettings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: hostname() },
      queue: { type: 'string', default: String(DEFAULT_QUEUE) },
      socket: { type: 'string', default: WIRE_SOCKET },
      killed: { type: 'boolean', default: false },
      'find-rules': { type: 'boolean' },
      'remove-rules': { type: 'boolean' },
    },
  });
  const { host, socket, killed: isKilled } = values;
  const queue = Number(values.queue);
  if (!Number.isInteger(queue) || queue < 0 || queue > 65_534) {
    throw new RangeError(`--queue must be 0 to 65534, but is ${values.queue}`);
  }
  const settings = { host, queue, socket, isKilled };
  if (values['find-rules']) return { ...settings, leftRules: 'find' };
  return values['remove-rules'] ? { ...settings, leftRules: 'remove' } : settings;
}
