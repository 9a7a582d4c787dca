/**
 * The connections of this process to wires: one for each wire, as long as both last. When this process exits for any reason, the
 * engine closes them, and the wires end the faults that were begun on them and not kept.
 *
 *     this process ──docker exec──▶ socat ──socket──▶ the program of the wire
 */
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ask } from '../engine/docker.ts';
import { outputsOf } from '../engine/frames.ts';
import { LabError } from '../model/lab-error.ts';
import type { CommandName, CommandOf, WireReply } from '../model/wire-commands.ts';
import { WIRE_SOCKET } from '../model/wire-socket.ts';
import type { FaultStatus } from '../model/wire-status.ts';
import { WireClient } from './wire-client.ts';

/** A working wire answers at once, unless this machine is busy. */
const REPLY_TIMEOUT_MS = 15_000;

/** A wire that was started a moment ago may not listen yet: it is tried for 5 s. */
const SOCKET = `UNIX-CONNECT:${WIRE_SOCKET},retry=250,interval=0.02`;
/** Nothing of interest follows when one side has ended (-t, in seconds). */
const SOCAT_OPTIONS = ['-t', '0.1'];

const connections = new Map<string, Promise<WireConnection>>();

/**
 * The connection to the wire in a probe, which is opened if there is none.
 *
 * @param what the action, for error messages: `reach the wire of host "web"`
 * @throws {LabError} if it cannot be opened.
 */
export async function wireConnection(probeId: string, what: string): Promise<WireConnection> {
  let connection = connections.get(probeId);
  if (connection === undefined) {
    connection = WireConnection.open(probeId, what);
    connections.set(probeId, connection);
    const forget = () => connections.delete(probeId);
    connection.then(({ ended }) => ended).then(forget, forget);
  }
  return connection;
}

export class WireConnection {
  readonly ended: Promise<void>;
  readonly #probeId: string;
  readonly #socket: Socket;
  readonly #client: WireClient;
  /** Why the connection has ended. */
  readonly #why: (what: string) => Promise<LabError>;
  #waiting = 0;
  #isStuck = false;

  private constructor(probeId: string, socket: Socket, isThere: () => Promise<unknown>) {
    const { stdout, stderr } = outputsOf(socket);
    const complaint = text(stderr);
    this.#probeId = probeId;
    this.#socket = socket;
    this.#client = new WireClient(stdout, socket);
    this.ended = this.#client.ended;
    this.#why = async (what) => {
      await ask(what, isThere);
      const cause = (await complaint).trim();
      return new LabError('PROBE_FAILED', `Cannot ${what}: it does not answer`, { cause });
    };
    socket.on('error', () => socket.destroy());
    socket.unref();
  }

  static open(probeId: string, what: string): Promise<WireConnection> {
    return ask(what, async (engine) => {
      const exec = await engine.getContainer(probeId).exec({
        Cmd: ['socat', ...SOCAT_OPTIONS, 'STDIO', SOCKET],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
      });
      const socket = (await exec.start({ hijack: true, stdin: true })) as Socket;
      return new WireConnection(probeId, socket, () => exec.inspect());
    });
  }

  /**
   * Sends the wire a command.
   *
   * @throws {LabError} if there is no reply: `TIMED_OUT` if the wire is stuck; then the connection is closed, so that no failed
   * command is carried out later.
   */
  async send<Name extends CommandName>(
    command: CommandOf<Name>,
    what: string,
  ): Promise<WireReply<Name>> {
    const deadline = setTimeout(() => this.#giveUp(), REPLY_TIMEOUT_MS);
    try {
      return await this.#awaited(this.#client.send(command));
    } catch {
      throw this.#isStuck ? this.#silence(what) : await this.#why(what);
    } finally {
      clearTimeout(deadline);
    }
  }

  #giveUp(): void {
    this.#isStuck = true;
    this.#socket.destroy();
  }

  #silence(what: string): LabError {
    const silence = `it has not answered for ${REPLY_TIMEOUT_MS / 1000} s, and may be holding packets into the host`;
    const remedy = `to let them pass, remove it: docker rm --force ${this.#probeId.slice(0, 12)}`;
    return new LabError('TIMED_OUT', `Cannot ${what}: ${silence}; ${remedy}`);
  }

  /** What a fault that was begun on this connection did, once it is over; undefined if its wire was killed. */
  outcome(fault: FaultStatus): Promise<FaultStatus | undefined> {
    return this.#awaited(this.#client.outcome(fault));
  }

  /** Only while an answer is awaited does the connection keep this process alive. */
  async #awaited<T>(answer: Promise<T>): Promise<T> {
    this.#waiting += 1;
    this.#socket.ref();
    try {
      return await answer;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#socket.unref();
    }
  }
}
