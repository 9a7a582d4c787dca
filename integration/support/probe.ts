import type { Host } from './host.ts';
import type { Lab } from './lab.ts';

/** What came back for one datagram. */
export interface Reply {
  /** The port that the datagram was sent from. */
  readonly port: number;
  readonly from: { readonly address: string; readonly port: number };
  readonly bytes: Buffer;
}

/**
 * Sends datagrams from a host of their own, all at once, to a server, and waits for a reply to each.
 *
 * @returns the replies in the order of the datagrams, and the host that they were sent from
 * @throws {Error} when a reply is missing.
 */
export async function probe(
  lab: Lab,
  server: Host,
  datagrams: readonly Buffer[],
  address: 'ipv4' | 'ipv6' = 'ipv4',
): Promise<{ replies: Reply[]; host: Host }> {
  const DATAGRAMS = datagrams.map((datagram) => datagram.toString('base64')).join();
  const env = { SERVER_HOST: server[address], DATAGRAMS };
  const host = await server.whilePaused(() => lab.peer('udp-probe.ts', { env }));
  if ((await host.exitCode()) !== 0) throw new Error(`No reply:\n${host.lines.join('\n')}`);
  const replies = host.lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .map(({ port, from, reply }) => ({ port, from, bytes: Buffer.from(reply, 'base64') }));
  return { replies, host };
}
