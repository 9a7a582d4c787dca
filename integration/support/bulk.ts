/** Uploads over TCP between two hosts, and what the kernels of both say of them: see `integration/peers/tcp-bulk.ts`. */
import { type Host, Lab } from '../../lab/index.ts';
import { peer, standby } from './programs.ts';
import { runProgram } from './standby.ts';

interface Content {
  readonly bytes: number;
  readonly hash: string;
}

/** How an upload went. */
export interface Upload {
  readonly sent: Content;
  readonly received: Content;
  readonly ms: number;
}

/** A server, and a client that uploads to it. */
export interface BulkPair extends AsyncDisposable {
  readonly lab: Lab;
  readonly server: Host;
  readonly client: Host;
}

export async function startBulkPair(): Promise<BulkPair> {
  const lab = await Lab.start();
  const [server, client] = await Promise.all([
    lab.startHost('server', { ...peer('tcp-bulk.ts'), ready: /listening/ }),
    lab.startHost('client', standby('tcp-client', 'tcp-bulk.ts')),
  ]);
  return { lab, server, client, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}

/** @throws {Error} when the upload fails. */
export async function upload(client: Host, to: string, bytes: number): Promise<Upload> {
  const env = { SERVER_HOST: to, BYTES: String(bytes) };
  const program = '/peer/tcp-bulk.ts';
  const { exitCode, stdout, stderr } = await runProgram(client, { program, env });
  if (exitCode !== 0) throw new Error(`Cannot upload: ${stderr}`);
  return JSON.parse(stdout);
}

/** What the kernel of a host has counted until now, as in `Tcp.RetransSegs` (proc_net_snmp of the kernel's documentation). */
export async function kernelCounts(host: Host): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await host.exec(['cat', '/proc/net/snmp', '/proc/net/netstat']);
  // Two lines a group: `Tcp: RtoAlgorithm RtoMin …`, and `Tcp: 1 200 …`.
  const lines = String(stdout).trim().split('\n');
  const counts = new Map<string, number>();
  for (let n = 0; n + 1 < lines.length; n += 2) {
    const [group = '', ...names] = lines[n]?.split(' ') ?? [];
    const values = lines[n + 1]?.split(' ').slice(1) ?? [];
    for (const [i, name] of names.entries()) {
      counts.set(`${group.replace(':', '.')}${name}`, Number(values[i]));
    }
  }
  return counts;
}
