/**
 * The connections of this process to wires, one a wire for as long as both last. When this process ends, however that comes
 * about, the engine closes them: then the wires end the faults that were begun on them and not kept.
 *
 *     this process ──docker exec──▶ control.ts ──socket──▶ the program of the wire
 */
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ask } from '../docker.ts';
import { LabError } from '../error.ts';
import { outputsOf } from '../frames.ts';
import { WireClient } from '../wire/client.ts';
import type { Reply } from '../wire/commands.ts';

const connections = new Map<string, Promise<WireConnection>>();

/**
 * Gives the wire in a probe a command.
 *
 * @param what for the message: `reach the wire of host "web"`
 * @throws {LabError} when there is no reply.
 */
export async function askWire(probeId: string, command: object, what: string): Promise<Reply> {
  let connection = connections.get(probeId);
  if (connection === undefined) {
    connection = WireConnection.open(probeId, what);
    connections.set(probeId, connection);
    const forget = () => connections.delete(probeId);
    connection.then(({ ended }) => ended).then(forget, forget);
  }
  return (await connection).send(command, what);
}

class WireConnection {
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #client: WireClient;
  /** Why it has ended. */
  readonly #why: (what: string) => Promise<LabError>;

  private constructor(socket: Socket, isThere: () => Promise<unknown>) {
    const { stdout, stderr } = outputsOf(socket);
    const complaint = text(stderr);
    this.#socket = socket;
    this.#client = new WireClient(stdout, socket);
    this.ended = this.#client.ended;
    this.#why = async (what) => {
      await ask(what, isThere);
      return new LabError('PROBE_FAILED', `Cannot ${what}: ${await complaint}`.trim());
    };
    socket.on('error', () => socket.destroy());
    socket.unref();
  }

  static open(probeId: string, what: string): Promise<WireConnection> {
    return ask(what, async (engine) => {
      const exec = await engine.getContainer(probeId).exec({
        Cmd: ['node', 'lab/wire/control.ts'],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
      });
      const socket = (await exec.start({ hijack: true, stdin: true })) as Socket;
      return new WireConnection(socket, () => exec.inspect());
    });
  }

  async send(command: object, what: string): Promise<Reply> {
    // Only while somebody waits for a reply does it keep this process alive.
    this.#socket.ref();
    try {
      return await this.#client.send(command);
    } catch {
      throw await this.#why(what);
    } finally {
      if (!this.#client.isWaiting) this.#socket.unref();
    }
  }
}
