import type { Host } from '../hosts/host.ts';
import type { ListeningSocket } from '../model/listening-socket.ts';
import { runInProbe } from '../probes/probe.ts';

const LIST = 'ss --no-header --numeric --listening';
const LOOK_EVERY_MS = 50;
/** A host that has stopped has no interface left but the loopback one. */
const IS_UP = `tail -n +3 /proc/net/dev | grep --quiet --invert-match '^ *lo:'`;
/** Docker's own name server, in each host on a network of its own making. */
const DOCKER_DNS = '127.0.0.11';

/** Which socket is waited for, and for how long. */
/** Which sockets are meant. */
export interface ListeningOptions {
  /** TCP or UDP. */
  readonly protocol: 'tcp' | 'udp';
  /** The local port. */
  readonly port: number;
  /** In milliseconds. Default: 0, it is looked once. */
  readonly timeoutMs?: number;
}

/**
 * The sockets of a host that wait for peers, as its kernel lists them: no connection is made to find out. Resolves as soon as one waits
 * at the port, at whichever address, or when the time is up.
 *
 * @throws {LabError} if the host is not running, or ends meanwhile.
 */
export async function listeningSockets(
  host: Host,
  { protocol, port, timeoutMs = 0 }: ListeningOptions,
): Promise<ListeningSocket[]> {
  const there = `${LIST} --${protocol} 'sport = :${port}' | grep --quiet .`;
  const looks = Math.ceil(timeoutMs / LOOK_EVERY_MS);
  const wait = `for _ in $(seq ${looks}); do ${there} && break; ${IS_UP} || break; sleep ${LOOK_EVERY_MS / 1000}; done`;
  const script = `${wait}; ${LIST} --extended --memory --tcp --udp`;
  const command = ['sh', '-c', script];
  const options = { verb: 'look at the sockets of', capabilities: [] } as const;
  return parseSockets(await runInProbe(host, { ...options, command }));
}

/** What ss(8) has listed, with `--numeric --extended --memory --listening --tcp --udp` and no header. */
export function parseSockets(listed: string): ListeningSocket[] {
  return listed.split('\n').flatMap((line) => {
    const [protocol, , , , local = ''] = line.split(/\s+/);
    const [, address = '', port] = /^\[?(.+?)\]?(?:%[\w.-]+)?:(\d+)$/.exec(local) ?? [];
    if ((protocol !== 'tcp' && protocol !== 'udp') || address === DOCKER_DNS) return [];
    const isIPv6Only = /\bv6only:1\b/.test(line);
    // An IPv6 socket at any address takes IPv4, too, and ss shows it so.
    const [, dropped = 0] = /\bskmem:\(.*,d(\d+)\)/.exec(line) ?? [];
    return {
      protocol,
      dropped: Number(dropped),
      address: address === '*' ? '::' : address,
      port: Number(port),
      isIPv6Only,
    };
  });
}
