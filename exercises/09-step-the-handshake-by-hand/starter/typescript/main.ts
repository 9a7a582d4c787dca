// A TCP client that prints the greeting of its server, and gives up on one that is silent.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const host = process.env.SERVER_HOST ?? 'tcp-server';
const port = Number(process.env.SERVER_PORT ?? 50000);
const silenceMs = 8000;

/** Returns the greeting, in bytes: all that comes until the server has closed the connection. */
async function receive(server: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of server) parts.push(part);
  return Buffer.concat(parts);
}

const server = connect(port, host);
server.on('timeout', () => server.destroy(new Error('timed out')));
try {
  await once(server, 'connect');
  server.setTimeout(silenceMs);
  const greeting = await receive(server);
  console.log('received:', greeting.toString());
} catch (error) {
  console.error(`cannot get the greeting of ${host}:`, String(error));
  process.exitCode = 1;
}
server.destroy();
