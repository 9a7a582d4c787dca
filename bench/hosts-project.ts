/** The Compose project of the measurement of starts: the lab's own, with its locks and limits, under a name of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { variable } from '../lab/engine/variable.ts';

/** What is started: nothing but containers, TCP clients in Python or of ours, or our clients of both kinds. */
export type Kind = 'sleep' | 'python' | 'ours' | 'both';

type Service = Record<string, unknown>;

export interface Project {
  name: string;
  services: Record<string, Service>;
  networks: Record<string, Record<string, unknown>>;
}

const ROOT = join(import.meta.dirname, '..');
/** What the names of the images begin with, where somebody has built them already. */
const IMAGES = process.env['IMAGES'];
const PREFIX = IMAGES ?? 'socketlab/';
const PEER = `${PREFIX}python`;
/** The client of the lecture has one conversation: so that it goes on as ours does. */
const AGAIN =
  'import runpy, time\nwhile True: runpy.run_path("/python/tcp_client.py"); time.sleep(1)';

const run = promisify(execFile);

/** Builds the images that nobody has named, and reads compose.yaml. */
export async function readProject(signal: AbortSignal): Promise<Project> {
  const id = randomBytes(5).toString('hex');
  const LAB_IPV6_SUBNET = `fd${id.replace(/(..)(....)(....)/, '$1:$2:$3')}::/64`;
  const options = { cwd: ROOT, env: { ...process.env, LAB_IPV6_SUBNET }, signal };
  if (IMAGES === undefined) {
    await run('docker', ['compose', 'build'], options);
    const base = variable('NODE_IMAGE');
    const baseArgument = base === undefined ? [] : ['--build-arg', `NODE_IMAGE=${base}`];
    await run('docker', ['build', '--tag', PEER, ...baseArgument, 'integration/python'], options);
  }
  const { stdout } = await run('docker', ['compose', 'config', '--format', 'json'], options);
  const project = JSON.parse(stdout) as Project;
  for (const network of Object.values(project.networks)) delete network['name'];
  for (const [role, service] of Object.entries(project.services)) {
    delete service['build'];
    service['image'] = `${PREFIX}${role}`;
  }
  return { ...project, name: `${PREFIX.replace('/', '-')}bench-${id}` };
}

/** A project with the servers, and so many clients. */
export function withClients(project: Project, kind: Kind, scale: number): Project {
  const { services } = project;
  const ofKind = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, services[name] ?? {}]));
  const tcp = { ...services['tcp-client'], ...inPlaceOfOurs(kind), scale };
  const udp = {
    ...ofKind(['udp-echo-server']),
    'udp-client': { ...services['udp-client'], scale },
  };
  return {
    ...project,
    services: { ...ofKind(['tcp-server']), 'tcp-client': tcp, ...(kind === 'both' ? udp : {}) },
  };
}

function inPlaceOfOurs(kind: Kind): Service {
  if (kind === 'sleep') return { image: PEER, entrypoint: ['sleep', 'infinity'] };
  if (kind === 'python') return { image: PEER, entrypoint: ['python3', '-c', AGAIN] };
  return {};
}
