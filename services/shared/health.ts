/**
 * The health check of an image: `node health.ts tcp|udp|client`. It needs neither a shell nor a client of its own on the
 * network. Exits 0 when the host is healthy; else 1, with the reason in a line.
 *
 *     tcp, udp   is a socket bound to PORT?        /proc/net/{tcp,udp}{,6}
 *     client     did the last round succeed?       /proc/<pid>/cmdline, see condition.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { clientTitle } from './condition.ts';
import { hasBoundSocket, type Protocol } from './proc-net.ts';

const DEFAULT_PORT = 50_000;

function serves(protocol: Protocol): string | undefined {
  const port = Number(process.env['PORT'] ?? DEFAULT_PORT);
  const tables = [protocol, `${protocol}6`].map((name) => contents(`/proc/net/${name}`));
  return tables.some((table) => hasBoundSocket(table, protocol, port))
    ? undefined
    : `no ${protocol} socket is bound to port ${port}`;
}

function talks(): string | undefined {
  const titles = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => contents(`/proc/${pid}/cmdline`).replaceAll('\0', ''));
  const ok = ['tcp-client', 'udp-client'].map((role) => clientTitle(role, 'ok'));
  return titles.some((title) => ok.includes(title)) ? undefined : 'the last conversation failed';
}

/** Of a file that may be absent: without IPv6 there are no IPv6 tables, and a process may have ended. */
function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const [kind] = process.argv.slice(2);
const trouble = kind === 'tcp' || kind === 'udp' ? serves(kind) : talks();
if (trouble !== undefined) {
  console.log(trouble);
  process.exit(1);
}
