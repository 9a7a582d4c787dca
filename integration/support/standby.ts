/**
 * Hosts that wait for orders. A `docker exec` for each order would cost the engine more than the order costs the host, so there
 * is one for all. What runs in it is no child of the host's own program, just as with an exec for each.
 *
 *     test ──▶ docker exec ──▶ peers/standby.ts ──▶ programs, bursts
 */
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { outputsOf } from '../../lab/engine/frames.ts';
import type { Host } from '../../lab/index.ts';
import type { Order, Program, ProgramResult, Reply } from '../peers/standby.ts';
import type { Burst } from '../peers/udp-burst.ts';
import { docker } from './docker.ts';

/** By the id and start of a host: an exec ends with the host's run. */
const channels = new Map<string, Promise<OrderChannel>>();

/** Runs a program on a host that stands by, and waits for its end. @throws {Error} when the host ends before it. */
export async function runProgram(host: Host, program: Program): Promise<ProgramResult> {
  return (await give(host, { run: program })) as ProgramResult;
}

/** Sends datagrams from a host that stands by. @throws {Error} when one cannot be sent. */
export async function sendBurst(host: Host, what: Burst): Promise<void> {
  await give(host, { burst: what });
}

async function give(host: Host, order: Order): Promise<Reply['result']> {
  const key = `${host.id} ${host.startedAt.toISOString()}`;
  const channel = channels.get(key) ?? OrderChannel.open(host);
  channels.set(key, channel);
  return (await channel).give(order);
}

class OrderChannel {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Reply['result']>>();
  #orders = 0;

  private constructor(socket: Socket, name: string) {
    this.#socket = socket;
    void this.#read(name);
  }

  static async open({ id, name }: Host): Promise<OrderChannel> {
    const exec = await docker.getContainer(id).exec({
      Cmd: ['node', '/peer/standby.ts'],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    return new OrderChannel((await exec.start({ hijack: true, stdin: true })) as Socket, name);
  }

  give(order: Order): Promise<Reply['result']> {
    const n = this.#orders;
    this.#orders += 1;
    const waiting = Promise.withResolvers<Reply['result']>();
    this.#waiting.set(n, waiting);
    this.#socket.write(`${JSON.stringify({ n, ...order })}\n`);
    return waiting.promise;
  }

  async #read(name: string): Promise<void> {
    const { stdout, stderr } = outputsOf(this.#socket);
    const errors = text(stderr);
    for await (const line of createInterface({ input: stdout })) {
      const { n, result, error } = JSON.parse(line) as Reply;
      const waiting = this.#waiting.get(n);
      this.#waiting.delete(n);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(`Host ${name} cannot carry out an order: ${error}`));
    }
    const why = (await errors).trim() || 'the host has ended';
    for (const { reject } of this.#waiting.values())
      reject(new Error(`Host ${name} carries out no orders any more: ${why}`));
  }
}
