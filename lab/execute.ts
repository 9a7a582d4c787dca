import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ask, demultiplex } from './docker.ts';

/** How a command ended that was run in a container. */
export interface Execution {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/**
 * Runs a command in a running container, and waits for its end.
 *
 * @throws {LabError} when the container is not running, or the command cannot be started.
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
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    demultiplex(stream, stdout, stderr);
    stream.on('end', () => {
      stdout.end();
      stderr.end();
    });
    const output = await Promise.all([buffer(stdout), buffer(stderr)]);
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, stdout: output[0], stderr: output[1] };
  });
}
