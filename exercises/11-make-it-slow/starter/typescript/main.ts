// A TCP server that sends its greeting many times, to one client after the other.
import { on } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';
const times = Number(process.env.TIMES ?? 1);

function* greetings() {
  for (let sent = 0; sent < times; sent += 1) yield greeting;
}

/** Sends a client the greetings; resolves when the kernel has all of them. */
async function serve(client: Socket): Promise<void> {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.on('error', (error) => console.log('lost:', error.message));
  client.resume();
  await pipeline(Readable.from(greetings()), client).catch(() => client.destroy());
}

const server = createServer();

server.listen(port, host, () => {
  console.log('listening on', server.address());
});

for await (const [client] of on(server, 'connection')) await serve(client);
