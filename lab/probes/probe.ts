/**
 * A short-lived container that joins a host's network namespace, and its process namespace if need be, with only the
 * capabilities that its task needs. Every privilege of a lab is in a probe.
 *
 *     attached    this process ──stdin, held open──▶ command      ends when this process ends
 *                      ▲────────────stdout──────────────┘
 *     detached    the command alone; it ends by itself, or is removed
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ask, type Container, type ContainerCreateOptions } from '../engine/docker.ts';
import { type Outputs, outputsOf } from '../engine/frames.ts';
import { HOST, LAB, OWNER, PURPOSE, STARTER } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import { Slots } from '../util/slots.ts';
import { probeImage } from './probe-image.ts';
import { capabilitiesOf, commandOf, type ProbeOptions } from './probe-options.ts';

const LOG = { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '2' } };
/** Output that this process reads need not be logged by the engine as well. */
const NO_LOG = { Type: 'none', Config: {} };

/** A start takes the engine and the kernel half a second of a processor: a lab of hundreds of hosts must not start all at once. */
const starting = new Slots(Math.max(4, 2 * availableParallelism()));

/** A probe whose output this process reads: it ends when this process exits, for whatever reason. */
export class Probe implements AsyncDisposable {
  readonly id: string;
  /** What the command prints, byte for byte. */
  readonly stdout: Readable;
  /** Resolves when the command has ended. */
  readonly ended: Promise<ProbeEnd>;
  readonly #input: NodeJS.WritableStream;
  readonly #outputs: Outputs;

  private constructor(id: string, stream: NodeJS.ReadWriteStream, exit: Promise<number>) {
    this.id = id;
    this.#input = stream;
    this.#outputs = outputsOf(stream);
    this.stdout = this.#outputs.stdout;
    this.ended = end(exit, this.#outputs);
    this.ended.catch(() => {}); // reported to those who await it
  }

  /** @throws {LabError} if the host is not running, or the probe cannot be started. */
  static async start(host: Host, options: ProbeOptions): Promise<Probe> {
    const own = {
      Cmd: commandOf(options),
      OpenStdin: true,
      StdinOnce: true,
      Labels: { [OWNER]: thisProcess },
    };
    const what = startOf(host, options);
    return launch(host, options, own, async (container) => {
      const stream = await container.attach({
        stream: true,
        stdin: true,
        stdout: true,
        stderr: true,
        hijack: true,
      });
      const exit = ask(what, () => container.wait({ condition: 'removed' }), {
        withinMs: Number.POSITIVE_INFINITY,
      });
      exit.catch(() => {}); // if it cannot be started, that error is reported
      await container.start();
      return new Probe(
        container.id,
        stream,
        exit.then(({ StatusCode }) => StatusCode),
      );
    });
  }

  /** Ends the command, and waits until the probe is gone. */
  async stop(): Promise<ProbeEnd> {
    this.#outputs.takeAll();
    this.#input.end();
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

/**
 * Starts a probe that outlives this process.
 *
 * @returns the id of its container, once the command has printed its first line
 * @throws {LabError} `PROBE_FAILED` with its error output, if it ends before that.
 */
export async function startDetached(host: Host, options: ProbeOptions): Promise<string> {
  const own = { Cmd: commandOf(options), Labels: { [STARTER]: thisProcess } };
  const what = startOf(host, options);
  const { id, stream } = await launch(host, options, own, async (container) => {
    const attached = await container.attach({ stream: true, stdout: true, stderr: true });
    await container.start();
    return { id: container.id, stream: attached as Duplex };
  });
  const { stdout, stderr } = outputsOf(stream);
  await Promise.race([once(stdout, 'readable'), once(stderr, 'end')]);
  if (stdout.readableLength > 0) {
    stream.destroy();
    return id;
  }
  throw new LabError('PROBE_FAILED', `Cannot ${what}: ${(await text(stderr)).trim()}`);
}

/** Runs a command in a probe, and waits until it ends. */
export async function runInProbe(host: Host, options: ProbeOptions): Promise<string> {
  const probe = await Probe.start(host, options);
  const output = await text(probe.stdout);
  const { exitCode, stderr } = await probe.ended;
  if (exitCode === 0) return output;
  const why = stderr.trim() || `exit code ${exitCode}`;
  throw new LabError('PROBE_FAILED', `Cannot ${verbOf(options)} host "${host.name}": ${why}`);
}

const verbOf = ({ verb, purpose }: ProbeOptions) => verb ?? purpose;

const startOf = (host: Host, { purpose }: ProbeOptions) =>
  `start the ${purpose} probe of host "${host.name}"`;

/** Creates a container and starts it. It is removed when it ends, but not if it never starts. */
function launch<T>(
  host: Host,
  options: ProbeOptions,
  own: ContainerCreateOptions,
  start: (container: Container) => Promise<T>,
): Promise<T> {
  return starting.take(async () => {
    const container = await create(host, options, own);
    try {
      return await ask(startOf(host, options), () => start(container));
    } catch (error) {
      await container.remove({ force: true }).catch(() => {});
      throw error;
    }
  });
}

async function create(
  host: Host,
  options: ProbeOptions,
  own: ContainerCreateOptions,
): Promise<Container> {
  const { purpose, name, sharesProcesses = false } = options;
  // A probe in the machine's own namespaces would see everything that runs on this machine.
  await host.requireNetwork(verbOf(options));
  if (sharesProcesses) host.requireOwnProcesses(verbOf(options));
  const image = await probeImage();
  return ask(startOf(host, options), (engine) =>
    engine.createContainer({
      ...own,
      ...(name && { name }),
      Image: image,
      AttachStdin: own.OpenStdin ?? false,
      Labels: { ...own.Labels, [LAB]: host.lab, [HOST]: host.name, [PURPOSE]: purpose },
      HostConfig: {
        NetworkMode: `container:${host.networkId}`,
        CapDrop: ['ALL'],
        CapAdd: capabilitiesOf(options),
        SecurityOpt: ['no-new-privileges:true'],
        ReadonlyRootfs: true,
        Tmpfs: { '/run': 'size=1m', '/tmp': 'size=1m' },
        AutoRemove: true,
        // In the host's process namespace it is not process 1, which alone can reap children.
        Init: !sharesProcesses,
        ...(sharesProcesses && { PidMode: `container:${host.id}` }),
        // Each connection to a wire is a process, and tests open many at once.
        PidsLimit: 256,
        // How much a tracer works is up to the program that it traces: of one that nobody knows, it yields to everybody else.
        Memory: 256 * 1024 * 1024,
        LogConfig: own.OpenStdin ? NO_LOG : LOG,
      },
    }),
  );
}

async function end(exit: Promise<number>, { stderr, takeAll }: Outputs): Promise<ProbeEnd> {
  void exit.then(takeAll, takeAll);
  const tail = await text(stderr);
  return { exitCode: await exit, stderr: tail };
}
