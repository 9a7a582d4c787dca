import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEvent, Host, Lab, LimitCounts, Trace } from '../../lab/index.ts';
import type { Recording } from '../recording/recording.ts';
import { DiskWatch } from './disk-watch.ts';
import { leftChild } from './left-child.ts';
import { diskMiB, limits } from './limits.ts';
import { type Output, OutputReader } from './output.ts';

/** How long after a program its trace may end, in milliseconds. */
const TRACED_MS = 2000;

export interface InstanceOptions {
  readonly name: string;
  readonly image: string;
  readonly entrypoint?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Called when its host has its addresses, and before its first call. */
  readonly prepare?: (host: Host) => Promise<unknown>;
  /** It is no failure when it ends by itself. Default: it is one. */
  readonly mayEnd?: boolean;
}

/** A program that is graded, as a host of a lab, recorded from its first packet and its first call on. */
export class Instance implements AsyncDisposable {
  /** Its host. */
  readonly host: Host;
  /** It is no failure when it ends by itself. */
  readonly mayEnd: boolean;
  readonly #recording: Recording;
  readonly #printed: OutputReader;
  readonly #trace: Trace;
  readonly #disk: DiskWatch;
  /** Resolves when all of its calls are in the recording. */
  readonly #traced: Promise<void>;

  private constructor(
    host: Host,
    mayEnd: boolean,
    observed: {
      readonly recording: Recording;
      readonly printed: OutputReader;
      readonly trace: Trace;
      readonly kept: Promise<void>;
    },
  ) {
    this.host = host;
    this.mayEnd = mayEnd;
    this.#recording = observed.recording;
    this.#printed = observed.printed;
    this.#trace = observed.trace;
    this.#disk = new DiskWatch(host, diskMiB);
    this.#traced = observed.kept;
  }

  /** @throws {LabError} if it cannot be started or observed. */
  static async start(
    lab: Lab,
    recording: Recording,
    { name, prepare, mayEnd = false, ...program }: InstanceOptions,
  ): Promise<Instance> {
    const printed = Promise.withResolvers<OutputReader>();
    const host = await lab.startHost(name, {
      ...program,
      limits,
      user: 'image',
      ready: 'running',
      healthCheck: false,
      traced: true,
      isIsolated: true,
      stopSignal: 'SIGTERM',
      prepare: async (waiting) => {
        printed.resolve(await OutputReader.start(waiting));
        await Promise.all([recording.capture(waiting), prepare?.(waiting)]);
      },
    });
    const traced = await recording.trace(host);
    return new Instance(host, mayEnd, { recording, printed: await printed.promise, ...traced });
  }

  /** Waits until it has ended, and its output has been read, at most `timeoutMs`. @returns whether it has */
  async ended(options: { timeoutMs: number }): Promise<boolean> {
    const hasEnded = await this.host.ended(options);
    if (hasEnded) await this.#printed.ended;
    return hasEnded;
  }

  /** The calls that it has made so far. */
  get calls(): CallEvent[] {
    return this.#recording.of('call', this.host);
  }

  /** Whether it has gone into the background: it ended, and left a process that it had started. */
  async hasLeftChild(): Promise<boolean> {
    if (this.host.isUp || this.host.exitCode !== 0) return false;
    await this.traced();
    return leftChild(this.calls, this.#trace);
  }

  /** Once it has ended: resolves when all is known that it did, and which limits it ran into. */
  async traced(): Promise<void> {
    if (this.host.isUp) return;
    // A trace that does not end is no reason to wait.
    await Promise.race([this.#traced, sleep(TRACED_MS, undefined, { ref: false })]);
  }

  /** How often it has run into each limit so far. */
  get limitsHit(): LimitCounts {
    return this.#trace.limitsHit;
  }

  /** Whether it has more on the disk than it may have, for which it is killed. */
  fillsDisk(): Promise<boolean> {
    return this.#disk.isExceeded();
  }

  /** What it has printed so far, byte for byte. */
  get output(): Output {
    return this.#printed.output;
  }

  /** The lines that it has printed so far. */
  get lines(): string[] {
    return this.#recording.of('log', this.host).map(({ line }) => line);
  }

  /** Kills it, and ends its part of the recording. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#disk[Symbol.asyncDispose]();
    // Not `kill`, which fails where it has ended already.
    await this.host.stop({ timeoutMs: 0 });
    await this.#recording.leave(this.host);
  }
}
