import { LabError } from '../error.ts';
import type { Host } from '../host.ts';
import { runInProbe } from '../probe.ts';

/** Counts the connections that are open, ends them (ss(8), SOCK_DESTROY), and counts what is left. */
const SCRIPT = `
open() { ss --no-header --tcp --numeric state established state close-wait | wc -l; }
open
ss --kill --tcp state connected >/dev/null 2>&1
open`;

/**
 * Resets every TCP connection that a host has open: its peers get RST, its own program an error (ECONNABORTED).
 *
 * @returns how many there were.
 * @throws {LabError} `PROBE_FAILED` where the kernel cannot (it needs CONFIG_INET_DIAG_DESTROY).
 */
export async function resetConnections(host: Host): Promise<number> {
  const command = ['sh', '-c', SCRIPT];
  const output = await runInProbe(host, { purpose: 'deed', command, capabilities: ['NET_ADMIN'] });
  const [before = 0, after = 0] = output.trim().split(/\s+/).map(Number);
  if (before === 0 || after < before) return before;
  const why = 'the kernel lets nobody end a connection (CONFIG_INET_DIAG_DESTROY)';
  throw new LabError('PROBE_FAILED', `Cannot reset host "${host.name}": ${why}`);
}
