/**
 * The one container in which this process looks at hosts: it enters their namespaces, and runs there what is asked for. It is
 * started with the first program or shortly before, lasts some seconds longer than the last, and ends with this process, for whatever
 * reason.
 *
 *     this process ──stdin, held open──▶ observer ──▶ captures, in the networks of hosts a and b
 *          ▲─────────stdout─────────────────┘ ├─────▶ trace, in the network of host a and among its processes
 *                                             └─────▶ trace, in the network of host b and among its processes
 */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ask, type Container } from '../engine/docker.ts';
import { outputsOf } from '../engine/frames.ts';
import { FrameParser } from '../model/frames.ts';
import {
  type CaptureStart,
  messageOf,
  type ObserverCommand,
  type ObserverMessage,
  type ObserverNews,
  type ProgramStart,
  type TracerStart,
} from '../model/observer-protocol.ts';
import { ObservedProgram, type Request } from './observed-program.ts';
import { createObserver } from './observer-container.ts';
import { observerRefused } from './observer-refused.ts';

/** The next program of a test or a check mostly comes within this time, as also the first one does, when it is prepared. */
const IDLE_MS = 5000;
/** By when an observer must have done what it was told; its own limits are much shorter. */
const ANSWER_TIMEOUT_MS = 120_000;
/** Of a program whose observer was killed. */
const KILLED = 137;
const ATTACHED = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };

type Unnumbered =
  | Omit<CaptureStart, 'start'>
  | Omit<ProgramStart, 'start'>
  | Omit<TracerStart, 'start'>;

let current: Promise<Observer> | undefined;

/** The observer of this process. @throws {LabError} if it cannot be started. */
export function observer(): Promise<Observer> {
  const forget = () => {
    current = undefined;
  };
  current ??= Observer.start(forget).catch((error: unknown) => {
    forget();
    throw observerRefused(error);
  });
  return current;
}

/** Starts the observer of this process now, as it will be needed. Whoever needs it then learns what has failed. */
export function prepareObserver(): void {
  observer().catch(() => {});
}

/**
 * Ends the container in which this process looks at hosts, with all that still runs in it, and waits until it is gone. It ends by
 * itself when the process does, and a moment later than that if the process calls `process.exit`: this is for before such a call.
 */
export async function endObserver(): Promise<void> {
  const running = await current?.catch(() => undefined);
  await running?.end();
}

class Observer {
  readonly #container: Container;
  readonly #stream: Duplex;
  readonly #programs = new Map<number, ObservedProgram>();
  #count = 0;
  #idle: NodeJS.Timeout | undefined;
  readonly #end = () => void this.end();
  #leave: () => void;

  private constructor(container: Container, stream: Duplex, onLeave: () => void) {
    this.#leave = onLeave;
    this.#container = container;
    this.#stream = stream;
    const frames = new FrameParser();
    const { stdout } = outputsOf(stream);
    stdout.on('data', (chunk: Buffer) => {
      for (const frame of frames.push(chunk)) this.#hear(messageOf(frame));
    });
    stdout.on('end', () => this.#hasEnded());
    process.on('beforeExit', this.#end);
    this.#release();
  }

  /** @param onLeave called when it takes no more programs */
  static async start(onLeave: () => void): Promise<Observer> {
    const container = await createObserver();
    try {
      return await ask('start an observer', async () => {
        const stream = await container.attach(ATTACHED);
        await container.start();
        return new Observer(container, stream as Duplex, onLeave);
      });
    } catch (error) {
      await container.remove({ force: true }).catch(() => {});
      throw error;
    }
  }

  /** Starts a program, or a capture. @returns undefined if the host has ended. */
  async run(start: Unnumbered): Promise<ObservedProgram | undefined> {
    this.#hold();
    this.#count += 1;
    const number = this.#count;
    const request = (what: Request) => {
      this.#tell({ [what]: number } as ObserverCommand);
      if (what === 'end') this.#limit(program.exitCode);
    };
    const input = (text: string) => this.#tell({ input: number, text });
    const program = new ObservedProgram(request, input);
    this.#programs.set(number, program);
    this.#tell({ start: number, ...start });
    this.#limit(program.isStarted);
    return (await program.isStarted) ? program : undefined;
  }

  /** Removes its container by force, which ends all its programs, unless it answers in time. */
  #limit(answer: Promise<unknown>): void {
    const remove = () => void this.#container.remove({ force: true }).catch(() => {});
    const timer = setTimeout(remove, ANSWER_TIMEOUT_MS).unref();
    void answer.catch(() => {}).then(() => clearTimeout(timer));
  }

  #tell(command: ObserverCommand): void {
    if (this.#stream.writable) this.#stream.write(`${JSON.stringify(command)}\n`);
  }

  #hear(message: ObserverMessage): void {
    if ('news' in message) this.#note(message.news);
    else this.#programs.get(message.program)?.take(message.output, message.data);
  }

  #note(news: ObserverNews): void {
    if ('began' in news) this.#programs.get(news.began)?.hasBegun(true);
    else if ('refused' in news) {
      this.#programs.get(news.refused)?.hasBegun(false);
      this.#forget(news.refused, KILLED);
    } else this.#forget(news.ended, news.exitCode);
  }

  #forget(number: number, exitCode: number | Promise<number>): void {
    this.#programs.get(number)?.hasEnded(exitCode);
    this.#programs.delete(number);
    if (this.#programs.size === 0) this.#release();
  }

  /** While a program runs, this process does not end by itself. */
  #hold(): void {
    clearTimeout(this.#idle);
    this.#socket.ref?.();
  }

  #release(): void {
    this.#socket.unref?.();
    this.#idle = setTimeout(this.#end, IDLE_MS).unref();
  }

  /** Not every way to an engine is a socket. */
  get #socket(): Partial<Socket> {
    return this.#stream as Duplex & Partial<Socket>;
  }

  /** Ends it, and waits until its container is gone. */
  async end(): Promise<void> {
    this.#takeNoMore();
    this.#socket.ref?.();
    this.#stream.end();
    const gone = this.#container.wait({ condition: 'removed' });
    this.#limit(gone);
    await gone.catch(() => {}); // it is gone already
  }

  /** It was killed, or the engine has gone away: the error of a question to it tells. */
  #hasEnded(): void {
    this.#takeNoMore();
    if (this.#programs.size === 0) return;
    const end = ask('look at hosts any longer', (engine) => engine.ping()).then(() => KILLED);
    for (const number of [...this.#programs.keys()]) this.#forget(number, end);
  }

  #takeNoMore(): void {
    clearTimeout(this.#idle);
    process.off('beforeExit', this.#end);
    this.#leave();
    this.#leave = () => {};
  }
}
