import type { ListeningSocket } from '../../../lab/index.ts';
import type { UdpReply } from '../../peers/in-peer/udp-clients.ts';
import { randomText } from '../random-text.ts';
import type { Context } from '../role.ts';
import { PORT, type ServerFixture, serverDeadlines, startServer } from '../server-checks.ts';

const REPLY_MS = 5000;
/** For a reply that is better not sent, and for a first answer over IPv6. */
const SOON_MS = 500;

/** What the checks of a UDP echo server act on. */
export interface Fixture extends ServerFixture {
  /** Text that nobody could know before. */
  readonly message: string;
  /** How long a reply may take, in milliseconds. */
  readonly replyMs: number;
  /** The replies to the message of the first client, whichever check asks for them. */
  first(): Promise<readonly UdpReply[]>;
  /** What each client sends, in turn and all of it at once. @returns what each got back */
  send(...clients: readonly (readonly Buffer[])[]): Promise<UdpReply[][]>;
  /** How many datagrams its kernel has dropped, as their queue was full, since this was last asked: the program never saw them. */
  newlyDropped(): Promise<number>;
  /** Sends one datagram. @returns the replies that come soon */
  sendBriefly(datagram: Buffer, over: 'ipv4' | 'ipv6'): Promise<readonly UdpReply[]>;
}

export async function fixture(context: Context): Promise<Fixture> {
  const { lab, peer, random, deadline } = context;
  const deadlines = serverDeadlines(deadline);
  const replyMs = deadline(REPLY_MS);
  const message = randomText(random, 16);
  const program = await startServer(context);
  const { host } = program;
  const ask = (
    address = '',
    clients: readonly (readonly Buffer[])[],
    timeoutMs: number,
  ): Promise<UdpReply[][]> =>
    peer.ask('udpVisits', {
      address,
      port: PORT,
      clients: clients.map((sent) => sent.map((one) => one.toString('base64'))),
      timeoutMs,
    });
  const send: Fixture['send'] = (...clients) => ask(host.ipv4, clients, replyMs);
  let first: Promise<UdpReply[][]> | undefined;
  let dropped = 0;
  return {
    program,
    message,
    deadlines,
    replyMs,
    listening: () => {
      const wanted = { protocol: 'udp', port: PORT, timeoutMs: deadlines.listensMs } as const;
      return lab.listeningSockets(host.name, wanted);
    },
    first: async () => {
      first ??= send([Buffer.from(message)]);
      return (await first)[0] ?? [];
    },
    send,
    newlyDropped: async () => {
      // A program that has ended has no socket to look at.
      if (!(await host.refresh()).isUp) return 0;
      const sockets = await lab.listeningSockets(host.name, { protocol: 'udp', port: PORT });
      const before = dropped;
      dropped = droppedAt(PORT, sockets);
      return dropped - before;
    },
    sendBriefly: async (datagram, over) => {
      const [replies = []] = await ask(host[over], [[datagram]], deadline(SOON_MS));
      return replies;
    },
  };
}

function droppedAt(port: number, sockets: readonly ListeningSocket[]): number {
  const own = sockets.filter((one) => one.protocol === 'udp' && one.port === port);
  return own.reduce((sum, one) => sum + one.dropped, 0);
}
