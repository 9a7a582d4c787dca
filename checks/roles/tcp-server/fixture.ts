import type { ListeningSocket } from '../../../lab/index.ts';
import type { Bystander, TcpVisit, TcpVisited } from '../../peers/in-peer/tcp-clients.ts';
import { randomText } from '../random-text.ts';
import type { Context, Role } from '../role.ts';
import { PORT, type ServerFixture, serverDeadlines, startServer } from '../server-checks.ts';

/** Twice that of T2 and T5, so that nobody is failed by a machine that is a little slow. */
const FIN_MS = 10_000;

/** What the checks of a TCP server act on. */
export interface Fixture extends ServerFixture {
  readonly greeting: Buffer;
  /** How long a visit may take, in milliseconds. */
  readonly finMs: number;
  /** Each packet to the program takes longer until that is disposed of: until it is acknowledged, its kernel has to keep what it sends. */
  delayPackets(delayMs: number): Promise<AsyncDisposable>;
  /** The first visit, whichever check makes it: some servers have no second one. */
  first(): Promise<TcpVisited>;
  /** A visit of one client. @param bystander another, which is connected until the visit is over */
  visit(how?: TcpVisit, bystander?: Bystander): Promise<TcpVisited>;
  /** Visits of several clients: each connects when the one before it is connected. */
  visits(all: readonly TcpVisit[]): Promise<TcpVisited[]>;
  /** A visit of one client over one family of addresses. */
  visitOver(family: 'ipv4' | 'ipv6'): Promise<TcpVisited>;
}

export const env: Role<Fixture>['env'] = (random) => ({
  HOST: '0.0.0.0',
  PORT: String(PORT),
  GREETING: `Hello from ${randomText(random, 12)}!`,
});

export async function fixture(context: Context): Promise<Fixture> {
  const { lab, peer, env, deadline } = context;
  const deadlines = serverDeadlines(deadline);
  const finMs = deadline(FIN_MS);
  const program = await startServer(context);
  const { host } = program;
  const meet = async (address = '', visits: readonly TcpVisit[] = [{}], bystander?: Bystander) => {
    // Its addresses go with it, and nobody would answer for long.
    if (!(await host.refresh()).isUp) return visits.map(gone);
    const how = { address, port: PORT, visits, timeoutMs: finMs };
    return peer.ask('tcpVisits', { ...how, ...(bystander && { bystander }) });
  };
  const one = ([visited = gone()]: readonly TcpVisited[]) => visited;
  let sockets: Promise<ListeningSocket[]> | undefined;
  const listening = () => {
    const wanted = { protocol: 'tcp', port: PORT, timeoutMs: deadlines.listensMs } as const;
    sockets ??= lab.listeningSockets(host.name, wanted);
    return sockets;
  };
  let first: Promise<TcpVisited> | undefined;
  return {
    program,
    greeting: Buffer.from(env['GREETING'] ?? ''),
    deadlines,
    finMs,
    listening,
    delayPackets: (delayMs) =>
      lab.impair({ kind: 'delay', delayMs, from: peer.host.name, to: host.name }),
    first: () => {
      first ??= listening().then(async () => one(await meet(host.ipv4)));
      return first;
    },
    visit: async (how = {}, bystander) => one(await meet(host.ipv4, [how], bystander)),
    visits: (all) => meet(host.ipv4, all),
    visitOver: async (family) => one(await meet(host[family])),
  };
}

const gone = (): TcpVisited => ({
  received: '',
  bytes: 0,
  end: 'refused',
  endedMs: Date.now(),
});
