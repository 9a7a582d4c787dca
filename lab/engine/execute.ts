import type { Duplex, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { ask, engineError } from './docker.ts';
import { outputsOf } from './frames.ts';

/** The result of a command that was run in a container. */
export interface Execution {
  /** 0 for success, by convention. */
  readonly exitCode: number;
  /** All that it printed on standard output. */
  readonly stdout: Buffer;
  /** All that it printed on standard error. */
  readonly stderr: Buffer;
}

/**
 * Runs a command in a running container, and waits until it ends.
 *
 * @throws {LabError} if the container is not running, the command cannot be started, or the engine stops in the meantime.
 */
export async function execute(
  containerId: string,
  command: readonly string[],
  what: string,
): Promise<Execution> {
  const { exec, stream } = await ask(what, async (engine) => {
    const exec = await engine.getContainer(containerId).exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    return { exec, stream: await exec.start({ hijack: true, stdin: false }) };
  });
  const { stdout, stderr } = await read(stream).catch((error: unknown) => {
    throw engineError(what, error);
  });
  const { ExitCode } = await ask(what, () => exec.inspect());
  return { exitCode: ExitCode ?? -1, stdout, stderr };
}

/** However long the command takes. */
async function read(stream: Duplex): Promise<Omit<Execution, 'exitCode'>> {
  const outputs = outputsOf(stream);
  const [stdout, stderr] = await Promise.all([
    buffer(outputs.stdout),
    buffer(outputs.stderr),
    finished(stream, { writable: false }),
  ]);
  return { stdout, stderr };
}

/** A command that runs in a container. It ends with the container at the latest. */
export interface Spawned {
  /** Its standard input; ending it ends the input. */
  readonly stdin: Writable;
  /** Its standard output, as it comes. */
  readonly stdout: Readable;
  /** Its standard error, as it comes. */
  readonly stderr: Readable;
}

/** What a container prints from now on, byte for byte; its log is text. Both end when the container does. */
export async function outputOf(containerId: string, what: string): Promise<Omit<Spawned, 'stdin'>> {
  const options = { stream: true, stdout: true, stderr: true } as const;
  const stream = await ask(what, (engine) => engine.getContainer(containerId).attach(options));
  const { stdout, stderr } = outputsOf(stream);
  return { stdout, stderr };
}

/**
 * Starts a command in a running container, and does not wait for its end. Its standard input ends when this process does.
 *
 * @throws {LabError} if the container is not running, or the command cannot be started.
 */
export async function spawnIn(
  containerId: string,
  command: readonly string[],
  what: string,
): Promise<Spawned> {
  return ask(what, async (engine) => {
    const exec = await engine.getContainer(containerId).exec({
      Cmd: [...command],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: true });
    const { stdout, stderr } = outputsOf(stream);
    return { stdin: stream, stdout, stderr };
  });
}
