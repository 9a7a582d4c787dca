import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { monotonicNs } from './clock.ts';
import type { Commanded } from './commanded.ts';
import { reply } from './commands.ts';
import { Session } from './session.ts';

/** The longest command, in bytes. */
const MAX_LINE = 65_536;

/** Listens for commands on a Unix socket; each connection is a session. */
export class ControlServer {
  readonly #server: Server;
  readonly #wire: Commanded;
  /** On the wire's clock; 0 for never. */
  #lastAskedNs = 0;
  /** The pending replies of each connection. */
  readonly #replies = new Map<Socket, Set<Promise<void>>>();

  private constructor(wire: Commanded) {
    this.#wire = wire;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => void this.#serve(socket));
    wire.ends.on('healed', (healed) => {
      // After the reply to the command that began it: it may be over as soon as it has begun.
      setImmediate(() => {
        for (const socket of this.#replies.keys()) tell(socket, { healed });
      });
    });
  }

  /**
   * @param path a path, not an abstract name: abstract names belong to the network namespace, which the host shares, so that a
   * program in the host could connect to its own wire.
   */
  static async start(path: string, wire: Commanded): Promise<ControlServer> {
    // The queue can be bound only once, so that the process that left the socket has ended.
    rmSync(path, { force: true });
    const control = new ControlServer(wire);
    control.#server.listen(path);
    await once(control.#server, 'listening');
    chmodSync(path, 0o600);
    return control;
  }

  /** When the last command came, on the wire's clock; 0 if there was none. */
  get lastAskedNs(): number {
    return this.#lastAskedNs;
  }

  /** Ends every session. Resolves when the last reply has been read, or after `timeoutMs`: a client may be stuck. */
  async close(timeoutMs: number): Promise<void> {
    const closed = once(this.#server, 'close', { signal: AbortSignal.timeout(timeoutMs) });
    this.#server.close();
    for (const [socket, replies] of this.#replies) {
      void Promise.all(replies).then(() => socket.end());
    }
    await closed.catch(() => {});
  }

  async #serve(socket: Socket): Promise<void> {
    const session = new Session(this.#wire);
    const replies = new Set<Promise<void>>();
    this.#replies.set(socket, replies);
    let unread = 0;
    const lines = createInterface({ input: socket });
    socket.on('error', () => socket.destroy());
    // Also when the connection breaks: then the stream has no end.
    socket.on('close', () => lines.close());
    socket.on('data', (bytes: Buffer) => {
      unread = bytes.includes(10) ? 0 : unread + bytes.length;
      if (unread > MAX_LINE) socket.destroy();
    });
    lines.on('line', (line) => {
      this.#lastAskedNs = monotonicNs();
      const answered = reply(line, session).then((answer) => {
        tell(socket, answer);
        replies.delete(answered);
      });
      replies.add(answered);
    });
    // Not with `for await`, which would throw the error of a broken connection.
    lines.on('error', () => socket.destroy());
    await once(lines, 'close').catch(() => {});
    this.#replies.delete(socket);
    await session.end().catch(reportFailure);
    await Promise.all(replies);
    socket.end();
  }
}

function tell(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}
