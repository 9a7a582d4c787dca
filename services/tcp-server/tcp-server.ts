import { once } from 'node:events';
import { type AddressInfo, createServer, type DropArgument } from 'node:net';
import { type Endpoint, endpoint, hostPort, inWords } from '../shared/endpoint.ts';
import { listenFailure } from '../shared/failure.ts';
import type { Log } from '../shared/log.ts';
import { greet } from './greet.ts';

const CLIENT_DEADLINE_MS = 10_000;

export interface TcpServerSettings {
  readonly HOST: string;
  /** 0 for a port that the kernel chooses. */
  readonly PORT: number;
  readonly GREETING: string;
  /** Clients to serve before the server ends; 0 for no limit. */
  readonly ACCEPT_LIMIT: number;
  /** Clients served at the same time; more are turned away. */
  readonly MAX_OPEN: number;
}

export interface TcpServer {
  readonly local: Endpoint;
  /** Resolves when the listening socket and every connection are closed. */
  readonly ended: Promise<void>;
  /** Stops accepting; clients that are connected are still served. */
  stop(): void;
}

/**
 * Binds, listens, and greets every client that connects.
 *
 * @param clientDeadlineMs how long a client may keep its connection
 * @throws {NetworkError} when the address and port cannot be listened on.
 */
export async function startTcpServer(
  settings: TcpServerSettings,
  log: Log,
  clientDeadlineMs = CLIENT_DEADLINE_MS,
): Promise<TcpServer> {
  const { HOST: host, PORT: port, ACCEPT_LIMIT: acceptLimit, MAX_OPEN: maxOpen } = settings;
  const greeting = { bytes: Buffer.from(settings.GREETING), log, deadlineMs: clientDeadlineMs };
  const server = createServer({ allowHalfOpen: true });
  server.maxConnections = maxOpen;

  const open = new Set<Promise<void>>();
  let accepted = 0;
  server.on('connection', (socket) => {
    accepted += 1;
    // Closed within this callback, so that not one more client is accepted than was asked for.
    if (accepted === acceptLimit) server.close();
    const conversation = greet(socket, greeting);
    open.add(conversation);
    void conversation.then(() => open.delete(conversation));
  });
  server.on('drop', (client) => logTurnedAway(client, maxOpen, log));

  server.listen({ host, port });
  await once(server, 'listening').catch((error: unknown) => {
    throw listenFailure(error, hostPort(host, port));
  });
  // Whatever goes wrong with one client from now on is no reason to end.
  server.on('error', ({ message }) =>
    log.warn({ event: 'accept-failed' }, `could not accept a client: ${message}`),
  );

  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const { address, port: boundPort } = server.address() as AddressInfo;
  const local = { address, port: boundPort };
  log.info({ event: 'listening', local }, `listening on ${inWords(local)}`);
  return {
    local,
    ended: closed.then(async () => void (await Promise.all(open))),
    stop: () => server.close(),
  };
}

function logTurnedAway(client: DropArgument | undefined, maxOpen: number, log: Log): void {
  const local = endpoint(client?.localAddress, client?.localPort);
  const peer = endpoint(client?.remoteAddress, client?.remotePort);
  log.warn(
    { event: 'turned-away', local, peer },
    `turned away ${inWords(peer)}: MAX_OPEN=${maxOpen} clients are connected already`,
  );
}
