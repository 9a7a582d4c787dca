/**
 * A container of its own in a host's network namespace, for what must outlast this process, and must not run twice: the wire. It
 * ends by itself, or is removed.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createContainer } from '../engine/create-container.ts';
import { ask, type Container } from '../engine/docker.ts';
import { outputsOf } from '../engine/frames.ts';
import { HOST, LAB, PURPOSE, STARTER } from '../engine/labels.ts';
import { thisProcess } from '../engine/owner.ts';
import { ignoreGone } from '../engine/remove.ts';
import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import { Slots } from '../util/slots.ts';
import { probeImage } from './probe-image.ts';
import type { CommandOptions } from './probe-options.ts';

export interface DetachedOptions extends CommandOptions {
  readonly purpose: 'wire' | 'task';
  /** Of the container: if it is taken, the engine refuses. */
  readonly name: string;
}

const LOG = { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '2' } };

/** A start takes the engine and the kernel half a second of a processor: a lab of hundreds of hosts must not start all at once. */
const starting = new Slots(Math.max(4, 2 * availableParallelism()));

/**
 * Starts a probe that outlives this process.
 *
 * @returns the id of its container, once the command has printed its first line
 * @throws {LabError} `PROBE_FAILED` with its error output, if it ends before that.
 */
export async function startDetached(host: Host, options: DetachedOptions): Promise<string> {
  const { id, stream } = await launch(host, options);
  const { stdout, stderr } = outputsOf(stream);
  await Promise.race([once(stdout, 'readable'), once(stderr, 'end')]);
  if (stdout.readableLength > 0) {
    stream.destroy();
    return id;
  }
  throw await failure(host, options, await text(stderr));
}

/**
 * Runs a command that ends soon, and waits until its container is gone: only then is the name free.
 *
 * @throws {LabError} `PROBE_FAILED` if it prints nothing
 */
export async function runDetached(host: Host, options: DetachedOptions): Promise<string> {
  const { id, stream } = await launch(host, options);
  const { stdout, stderr } = outputsOf(stream);
  const [output, complaint] = await Promise.all([text(stdout), text(stderr)]);
  await ask(`${options.verb} host "${host.name}"`, (engine) =>
    engine.getContainer(id).wait({ condition: 'removed' }),
  ).catch(ignoreGone);
  if (output !== '') return output;
  throw await failure(host, options, complaint);
}

/** @throws {LabError} `NO_ENGINE` if it has ended in silence because the engine has gone away. */
async function failure(host: Host, { verb }: DetachedOptions, complaint: string) {
  const what = `${verb} host "${host.name}"`;
  if (complaint === '') await ask(what, (engine) => engine.ping());
  const why = complaint.trim() || 'its probe ended in silence';
  return new LabError('PROBE_FAILED', `Cannot ${what}: ${why}`);
}

/** It is removed when it ends, but not if it never starts. */
function launch(
  host: Host,
  options: DetachedOptions,
): Promise<{ readonly id: string; readonly stream: Duplex }> {
  const what = `${options.verb} host "${host.name}"`;
  return starting.take(async () => {
    const container = await create(host, options, what);
    try {
      const stream = await ask(what, () =>
        container.attach({ stream: true, stdout: true, stderr: true }),
      );
      await ask(what, () => container.start());
      return { id: container.id, stream: stream as Duplex };
    } catch (error) {
      await container.remove({ force: true }).catch(() => {});
      throw error;
    }
  });
}

async function create(
  host: Host,
  { verb, purpose, name, command, capabilities }: DetachedOptions,
  what: string,
): Promise<Container> {
  // A probe in the machine's own network would see everything that goes through this machine.
  await host.requireNetwork(verb);
  const Image = await probeImage();
  return createContainer(what, {
    name,
    Image,
    Cmd: [...command],
    Labels: {
      [STARTER]: thisProcess,
      [LAB]: host.lab,
      [HOST]: host.name,
      [PURPOSE]: purpose,
    },
    HostConfig: {
      NetworkMode: `container:${host.networkId}`,
      CapDrop: ['ALL'],
      CapAdd: [...capabilities],
      SecurityOpt: ['no-new-privileges:true'],
      ReadonlyRootfs: true,
      Tmpfs: { '/run': 'size=1m', '/tmp': 'size=1m' },
      AutoRemove: true,
      Init: true,
      // Each connection to a wire is a process, and tests open many at once.
      PidsLimit: 256,
      Memory: 256 * 1024 * 1024,
      LogConfig: LOG,
    },
  });
}
