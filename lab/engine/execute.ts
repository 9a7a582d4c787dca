import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { ask } from './docker.ts';
import { outputsOf } from './frames.ts';

/** The result of a command that was run in a container. */
export interface Execution {
  readonly exitCode: number;
  readonly stdout: Buffer;
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
  return ask(what, async (engine) => {
    const exec = await engine.getContainer(containerId).exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: false });
    const outputs = outputsOf(stream);
    const [stdout, stderr] = await Promise.all([
      buffer(outputs.stdout),
      buffer(outputs.stderr),
      finished(stream, { writable: false }),
    ]);
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, stdout, stderr };
  });
}
