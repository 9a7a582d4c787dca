/** The images of a run: its own, so that another run, or a lab, never gets the code of this one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { allDone } from '../../lab/engine/all-done.ts';
import { variable } from '../../lab/engine/variable.ts';
import type { Role } from '../../lab/index.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { nameInRun } from './docker.ts';

export const roles: readonly Role[] = ['tcp-server', 'tcp-client', 'udp-echo-server', 'udp-client'];

const ROOT = new URL('../..', import.meta.url).pathname;

/** The image of a role, or of the peers in Python. */
export function imageOf(runId: string, role: Role | 'python'): string {
  return nameInRun(runId, role);
}

/** Builds the images of a run, and says so: the first time it takes a while. */
export async function buildImages(runId: string): Promise<void> {
  console.log('Building the images of the hosts, and of their peers in Python …');
  await allDone<unknown>([
    ...roles.map((role) => build(imageOf(runId, role), ['--target', role, '.'])),
    build(imageOf(runId, 'python'), ['integration/python']),
    probeImage(),
  ]);
}

/** With plain `docker build`: from Compose the images would have the labels of its project, and so their containers too. */
async function build(image: string, what: string[]): Promise<void> {
  const base = variable('NODE_IMAGE');
  const baseArgument = base === undefined ? [] : ['--build-arg', `NODE_IMAGE=${base}`];
  const args = ['build', '--quiet', '--tag', image, ...baseArgument, ...what];
  const docker = spawn('docker', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(docker, 'exit');
  if (code !== 0) throw new Error(`"docker ${args.join(' ')}" ended with exit code ${code}`);
}
