/**
 * Both ends of an upload over TCP. With SERVER_HOST the client's: it sends BYTES random bytes and FIN, and prints as JSON
 * `{ "sent", "received": { "bytes", "hash" }, "ms": until the answer was there }`. Without, the server's: it answers each client
 * with what it has received, when that has ended.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { json } from 'node:stream/consumers';

const { SERVER_HOST, BYTES = '0' } = process.env;
const PORT = 50_000;

function digest(parts: readonly Buffer[]): { bytes: number; hash: string } {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return { bytes: parts.reduce((sum, { length }) => sum + length, 0), hash: hash.digest('hex') };
}

async function upload(host: string): Promise<void> {
  const content = randomBytes(Number(BYTES));
  const startedAt = performance.now();
  const socket = connect(PORT, host);
  await once(socket, 'connect');
  socket.end(content);
  const received = await json(socket);
  const ms = performance.now() - startedAt;
  console.log(JSON.stringify({ sent: digest([content]), received, ms }));
}

function serve(): void {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const parts: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('end', () => socket.end(JSON.stringify(digest(parts))));
  });
  server.listen(PORT, '::', () => console.log('listening'));
}

if (SERVER_HOST) await upload(SERVER_HOST);
else serve();
