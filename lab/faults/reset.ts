import type { Host } from '../hosts/host.ts';
import { LabError } from '../model/lab-error.ts';
import { runInProbe } from '../probes/probe.ts';

/** The states in which the kernel sends RST when a connection is aborted; LISTEN and TIME-WAIT are left alone (tcp(7), RFC 9293). */
const OPEN = 'state established state close-wait state fin-wait-1 state fin-wait-2';
const LIST = 'ss --no-header --numeric --tcp';

/** Lists the open connections, those that were aborted (SOCK_DESTROY; ss(8) shows which succeeded), and those open afterwards. */
const SCRIPT = `${LIST} ${OPEN}; echo --; ${LIST} --kill ${OPEN}; echo --; ${LIST} ${OPEN}`;

/**
 * Resets every open TCP connection of a host: its peers receive RST, its own program an error (ECONNABORTED).
 *
 * @returns how many there were
 * @throws {LabError} `PROBE_FAILED` if the kernel cannot (it needs CONFIG_INET_DIAG_DESTROY).
 */
export async function resetConnections(host: Host): Promise<number> {
  const command = ['sh', '-c', SCRIPT];
  const capabilities = ['NET_ADMIN'];
  const output = await runInProbe(host, { verb: 'reset', command, capabilities });
  const [before = [], ended = [], after = []] = output.split('--\n').map(connections);
  // Meanwhile a program may have closed connections itself, and opened others.
  const isRefused = ended.length === 0 && before.some((connection) => after.includes(connection));
  if (!isRefused) return ended.length;
  const why = 'the kernel cannot abort connections (it needs CONFIG_INET_DIAG_DESTROY)';
  throw new LabError('PROBE_FAILED', `Cannot reset host "${host.name}": ${why}`);
}

/** The two endpoints of each connection that ss has listed: its last columns. */
function connections(listed: string): string[] {
  const lines = listed.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => line.split(/\s+/).slice(-2).join(' '));
}
