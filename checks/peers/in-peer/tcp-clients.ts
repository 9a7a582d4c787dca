/** TCP clients of the grader: each visits a server in its own way, and reports what it got. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Clients that visit a server. */
export interface TcpVisits {
  /** Of the server, IPv4 or IPv6. */
  readonly address: string;
  /** Of the server. */
  readonly port: number;
  /**
   * Each connects as soon as the one before it has connected, so that no queue of a server has to take all of them at once. After one
   * that could not connect there are no more.
   */
  readonly visits: readonly TcpVisit[];
  /** A client that is connected before the visits, and until they are over. Default: none. */
  readonly bystander?: Bystander;
  /** How long each visit may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What one client does. */
export interface TcpVisit {
  /** Sent as soon as it is connected, in Base64. Default: nothing. */
  readonly send?: string;
  /**
   * `resets`: it leaves with RST as soon as it is connected. `half-closes`: it sends FIN first of all. `stays`: it keeps its side open
   * until all visits are over. Default: it closes when the server has.
   */
  readonly manner?: 'resets' | 'half-closes' | 'stays';
  /**
   * It begins to read only then, and goes on as long as bytes come: milliseconds after it has connected. Default: it reads at once, and
   * a visit has an end.
   */
  readonly readsAfterMs?: number;
}

/** `silent`: it neither sends nor reads nor leaves. `slow`: it sends a byte now and then, and does not come to an end. */
export type Bystander = 'silent' | 'slow';

/** What one client has seen. */
export interface TcpVisited {
  /** What came, in Base64; of what is read late, the beginning. */
  readonly received: string;
  /** How many bytes came. */
  readonly bytes: number;
  /** `timeout`: the time was up. `flood`: more came than anybody reads. `left`: it left by itself. */
  readonly end: 'fin' | 'reset' | 'refused' | 'timeout' | 'flood' | 'left';
  /** When: milliseconds since 1970. */
  readonly endedMs: number;
}

const SLOW_EVERY_MS = 100;
const RECEIVED_BYTES_MAX = 2 ** 20;
const READ_LATE_BYTES_MAX = 2 ** 25;

export async function tcpVisits({
  address: host,
  port,
  visits,
  bystander,
  timeoutMs,
}: TcpVisits): Promise<TcpVisited[]> {
  const connectNext = () => connect({ host, port, allowHalfOpen: true, noDelay: true });
  const besides = bystander && (await standBy(connectNext(), bystander));
  const sockets: Socket[] = [];
  const ends: Promise<TcpVisited>[] = [];
  for (const visit of visits) {
    const socket = connectNext();
    sockets.push(socket);
    ends.push(endOf(socket, visit, timeoutMs));
    if (!(await isConnected(socket))) break;
  }
  const visited = await Promise.all(ends);
  for (const socket of sockets) socket.destroy();
  besides?.destroy();
  return visited;
}

/** False when it cannot be connected: how a visit ends is told by `endOf`. */
async function isConnected(socket: Socket): Promise<boolean> {
  const closing = new AbortController();
  socket.once('close', () => closing.abort());
  return once(socket, 'connect', { signal: closing.signal }).then(
    () => true,
    () => false,
  );
}

async function standBy(socket: Socket, bystander: Bystander): Promise<Socket> {
  // Whatever the server does with it, the visits tell whether it matters.
  socket.on('error', () => undefined);
  await isConnected(socket);
  if (bystander === 'slow') {
    const sending = setInterval(() => socket.write('x'), SLOW_EVERY_MS);
    socket.once('close', () => clearInterval(sending)).resume();
  }
  return socket;
}

function endOf(
  socket: Socket,
  { send, manner, readsAfterMs = 0 }: TcpVisit,
  timeoutMs: number,
): Promise<TcpVisited> {
  const { promise, resolve } = Promise.withResolvers<TcpVisited>();
  const isLate = readsAfterMs > 0;
  const chunks: Buffer[] = [];
  const end = (how: TcpVisited['end']) => {
    clearTimeout(deadline);
    const received = Buffer.concat(chunks).toString('base64');
    resolve({ received, bytes: socket.bytesRead, end: how, endedMs: Date.now() });
    if (manner !== 'stays') socket.destroy();
  };
  const deadline = setTimeout(() => end('timeout'), readsAfterMs + timeoutMs);
  socket
    .on('connect', () => {
      if (send !== undefined) socket.write(Buffer.from(send, 'base64'));
      if (manner === 'half-closes') socket.end();
      if (isLate) setTimeout(() => socket.resume(), readsAfterMs);
      if (manner !== 'resets') return;
      socket.resetAndDestroy();
      end('left');
    })
    .on('data', (chunk) => {
      if (socket.bytesRead <= RECEIVED_BYTES_MAX) chunks.push(chunk as Buffer);
      if (isLate) deadline.refresh();
      if (socket.bytesRead > (isLate ? READ_LATE_BYTES_MAX : RECEIVED_BYTES_MAX)) end('flood');
    })
    .on('end', () => end('fin'))
    .on('error', ({ code }: NodeJS.ErrnoException) =>
      end(code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'refused'),
    );
  if (isLate) socket.pause();
  return promise;
}
