import type { Host } from '../../lab/index.ts';
import { jsonLines } from './log.ts';
import { run } from './services.ts';

/** What came back for one datagram. */
interface Reply {
  /** The port that the datagram was sent from. */
  readonly port: number;
  readonly from: { readonly address: string; readonly port: number };
  readonly bytes: Buffer;
}

/**
 * Sends datagrams from a host that stands by, all at once, and waits for a reply to each; see `integration/peers/udp-probe.ts`.
 *
 * @returns the replies in the order of the datagrams
 * @throws {Error} when a reply is missing.
 */
export async function probe(
  client: Host,
  to: string,
  datagrams: readonly Buffer[],
): Promise<Reply[]> {
  const DATAGRAMS = datagrams.map((datagram) => datagram.toString('base64')).join();
  const env = { SERVER_HOST: to, DATAGRAMS };
  const { exitCode, lines, stderr } = await run(client, '/peer/udp-probe.ts', env);
  if (exitCode !== 0) throw new Error(`No reply:\n${stderr}`);
  return jsonLines<Omit<Reply, 'bytes'> & { reply: string }>(lines).map(
    ({ port, from, reply }) => ({ port, from, bytes: Buffer.from(reply, 'base64') }),
  );
}
