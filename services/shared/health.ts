/**
 * The health check of an image: `node health.ts ROLE`. It needs neither a shell nor a client of its own on the network.
 * Exits 0 when the host is healthy; else 1, with the reason in a line.
 *
 *     servers    is a socket bound to PORT?        /proc/net/{tcp,udp}{,6}
 *     clients    did the last round succeed?       /proc/<pid>/cmdline, see condition.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { clientTitle } from './condition.ts';
import { hasBoundSocket, type Protocol } from './proc-net.ts';
import { DEFAULT_PORT } from './settings.ts';

function serves(protocol: Protocol): string | undefined {
  const port = Number(process.env['PORT'] ?? DEFAULT_PORT);
  const tables = [protocol, `${protocol}6`].map((name) => contents(`/proc/net/${name}`));
  return tables.some((table) => hasBoundSocket(table, protocol, port))
    ? undefined
    : `no ${protocol} socket is bound to port ${port}`;
}

function talks(role: string): string | undefined {
  const titles = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => contents(`/proc/${pid}/cmdline`).replaceAll('\0', ''));
  if (titles.includes(clientTitle(role, 'ok'))) return undefined;
  return titles.includes(clientTitle(role, 'failing'))
    ? 'the last conversation failed'
    : 'no conversation has come to its end yet';
}

/** Of a file that may be absent: without IPv6 there are no IPv6 tables, and a process may have ended. */
function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function trouble(role: string | undefined): string | undefined {
  switch (role) {
    case 'tcp-server':
      return serves('tcp');
    case 'udp-echo-server':
      return serves('udp');
    case 'tcp-client':
    case 'udp-client':
      return talks(role);
    default:
      return `"${role}" is no role`;
  }
}

const reason = trouble(process.argv[2]);
if (reason !== undefined) {
  console.log(reason);
  process.exit(1);
}
