/**
 * Runs in the grader's own host: `node udp-visitor.ts '{"address":"172.20.0.2","port":50000,"clients":[["aGVsbG8="]],"timeoutMs":2000}'`.
 * Each client sends its datagrams from a socket of its own, all of them at once, and what came back is printed as JSON.
 */
import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Datagrams {
  readonly address: string;
  readonly port: number;
  /** What each client sends, in Base64. */
  readonly clients: readonly (readonly string[])[];
  /** How long each may wait for its last reply, in milliseconds. */
  readonly timeoutMs: number;
}

export interface Reply {
  /** In Base64. */
  readonly bytes: string;
  readonly address: string;
  readonly port: number;
}

async function repliesTo(
  sent: readonly string[],
  { address, port, timeoutMs }: Datagrams,
): Promise<Reply[]> {
  await using socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 2 ** 20 });
  const replies: Reply[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  socket.on('message', (bytes, from) => {
    replies.push({ bytes: bytes.toString('base64'), address: from.address, port: from.port });
    if (replies.length === sent.length) resolve();
  });
  for (const datagram of sent) socket.send(Buffer.from(datagram, 'base64'), port, address);
  const over = new AbortController();
  await Promise.race([all, sleep(timeoutMs, undefined, { signal: over.signal })]);
  over.abort();
  // One reply too many would come right behind the others.
  await sleep(EXTRA_MS);
  return replies;
}

const EXTRA_MS = 100;

const datagrams: Datagrams = JSON.parse(process.argv[2] ?? '');
const all = datagrams.clients.map((sent) => repliesTo(sent, datagrams));
console.log(JSON.stringify(await Promise.all(all)));
