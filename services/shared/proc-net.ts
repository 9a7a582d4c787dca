/** 127.0.0.11 as the kernel prints it: Docker's resolver has sockets of its own in every host. */
const DOCKER_RESOLVER = '0B00007F:';

export type Protocol = 'tcp' | 'udp';

/** Socket states as the kernel numbers them (include/net/tcp_states.h): TCP_LISTEN; an unconnected UDP socket is TCP_CLOSE. */
const SERVING_STATE: Record<Protocol, string> = { tcp: '0A', udp: '07' };

/**
 * Whether a table of `/proc/net` (proc_pid_net(5)) lists a server's socket on a port: listening for TCP, bound and
 * unconnected for UDP.
 *
 * @param table the text of `/proc/net/tcp`, `tcp6`, `udp` or `udp6`
 */
export function hasBoundSocket(table: string, protocol: Protocol, port: number): boolean {
  const portHex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    if (local === undefined || local.startsWith(DOCKER_RESOLVER)) return false;
    return local.endsWith(`:${portHex}`) && state === SERVING_STATE[protocol];
  });
}
