/**
 * A program that looks at a host from within its network namespace, and from among its processes if need be, with only the
 * capabilities that its task needs. It runs in the observer of this process, and ends with this process.
 */
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import type { CaptureStart, ProgramStart, Start } from '../model/observer-protocol.ts';
import type { ObservedProgram } from './observed-program.ts';
import { observer } from './observer.ts';
import { capabilitiesOf, commandOf, type ProbeOptions } from './probe-options.ts';

type What = Omit<CaptureStart, keyof Start> | Omit<ProgramStart, keyof Start>;

export class Probe implements AsyncDisposable {
  /** What the command prints, byte for byte. */
  readonly stdout: Readable;
  /** Resolves when the command has ended. */
  readonly ended: Promise<ProbeEnd>;
  readonly #program: ObservedProgram;

  private constructor(program: ObservedProgram) {
    this.#program = program;
    this.stdout = program.stdout;
    this.ended = end(program);
    this.ended.catch(() => {}); // reported to those who wait for it
  }

  /** @throws {LabError} if the host is not running, or the observer cannot be started. */
  static async start(host: Host, options: ProbeOptions): Promise<Probe> {
    const { verb, sharesProcesses = false } = options;
    return Probe.#start(host, verb, {
      seesProcesses: sharesProcesses,
      capabilities: capabilitiesOf(options).map((name) => name.toLowerCase()),
      command: commandOf(options),
    });
  }

  /**
   * Captures the packets of a host: prints what `model/capture-frames.ts` describes.
   *
   * @throws {LabError} if the host is not running, or the observer cannot be started.
   */
  static startCapture(host: Host): Promise<Probe> {
    return Probe.#start(host, 'capture at', { captures: true });
  }

  static async #start(host: Host, verb: string, what: What): Promise<Probe> {
    // A probe in the machine's own namespaces would see everything that runs on this machine.
    await host.requireNetwork(verb);
    if ('seesProcesses' in what && what.seesProcesses) host.requireOwnProcesses(verb);
    const program = await (await observer()).run({ pid: host.pid, container: host.id, ...what });
    if (program !== undefined) return new Probe(program);
    throw new LabError('HOST_NOT_RUNNING', `Cannot ${verb} host "${host.name}": it has just ended`);
  }

  /** Ends the command, and waits until it has ended. */
  async stop(): Promise<ProbeEnd> {
    this.#program.end();
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

export interface ProbeEnd {
  readonly exitCode: number;
  readonly stderr: string;
}

/** Runs a command in a probe, and waits until it ends. @throws {LabError} `PROBE_FAILED` if it fails. */
export async function runInProbe(host: Host, options: ProbeOptions): Promise<string> {
  const probe = await Probe.start(host, options);
  const output = await text(probe.stdout);
  const { exitCode, stderr } = await probe.ended;
  if (exitCode === 0) return output;
  const why = stderr.trim() || `exit code ${exitCode}`;
  throw new LabError('PROBE_FAILED', `Cannot ${options.verb} host "${host.name}": ${why}`);
}

async function end({ stderr, exitCode }: ObservedProgram): Promise<ProbeEnd> {
  const tail = await text(stderr);
  return { exitCode: await exitCode, stderr: tail };
}
