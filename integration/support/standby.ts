/**
 * Hosts that stand by for commands. A `docker exec` for each command would cost the engine more than the command costs the host,
 * so there is one exec for all of them. What runs in it is not a child of the host's own program.
 *
 *     test ──▶ docker exec ──▶ peers/standby.ts ──▶ programs, bursts
 */
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { outputsOf } from '../../lab/engine/frames.ts';
import type { Host } from '../../lab/index.ts';
import type { Command, Program, ProgramResult, Reply } from '../peers/standby.ts';
import type { Burst } from '../peers/udp-burst.ts';
import { docker } from './docker.ts';

/** By the id of a host and the start of its run, with which the exec ends. */
const channels = new Map<string, Promise<CommandChannel>>();

/** Runs a program on a host that stands by, and waits for its end. @throws {Error} when the host ends before it. */
export async function runProgram(host: Host, program: Program): Promise<ProgramResult> {
  const channel = await channelTo(host);
  return (await channel.send({ run: program })) as ProgramResult;
}

/** Sends datagrams from a host that stands by. @throws {Error} when one cannot be sent. */
export async function sendBurst(host: Host, burst: Burst): Promise<void> {
  const channel = await channelTo(host);
  await channel.send({ burst });
}

async function channelTo(host: Host): Promise<CommandChannel> {
  const key = `${host.id} ${host.startedAt.toISOString()}`;
  let channel = channels.get(key);
  if (channel === undefined) {
    channel = CommandChannel.open(host);
    channels.set(key, channel);
    const forget = () => channels.delete(key);
    channel.then(({ ended }) => ended).then(forget, forget);
  }
  return channel;
}

class CommandChannel {
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Reply['result']>>();
  #lastNumber = 0;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.ended = this.#read(host);
  }

  static async open({ id, name }: Host): Promise<CommandChannel> {
    const exec = await docker.getContainer(id).exec({
      Cmd: ['node', '/peer/standby.ts'],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    return new CommandChannel((await exec.start({ hijack: true, stdin: true })) as Socket, name);
  }

  send(command: Command): Promise<Reply['result']> {
    this.#lastNumber += 1;
    const n = this.#lastNumber;
    const reply = Promise.withResolvers<Reply['result']>();
    this.#waiting.set(n, reply);
    this.#socket.write(`${JSON.stringify({ n, ...command })}\n`);
    return reply.promise;
  }

  async #read(host: string): Promise<void> {
    const { stdout, stderr } = outputsOf(this.#socket);
    const errors = text(stderr);
    for await (const line of createInterface({ input: stdout })) {
      const { n, result, error } = JSON.parse(line) as Reply;
      const reply = this.#waiting.get(n);
      this.#waiting.delete(n);
      if (error === undefined) reply?.resolve(result);
      else reply?.reject(new Error(`Cannot carry out a command on host "${host}": ${error}`));
    }
    const why = (await errors).trim() || 'the host has ended';
    for (const { reject } of this.#waiting.values())
      reject(new Error(`Cannot carry out a command on host "${host}": ${why}`));
  }
}
