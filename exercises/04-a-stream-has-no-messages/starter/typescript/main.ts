// A TCP client that prints the greeting of its server, as long as that comes in one piece.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const host = process.env.SERVER_HOST ?? 'tcp-server';
const port = Number(process.env.SERVER_PORT ?? 50000);
const timeoutMs = 10_000;

/** Returns the greeting, in bytes. */
async function receive(server: Socket): Promise<Buffer> {
  const [part] = await once(server, 'data');
  return part;
}

const server = connect(port, host);
server.setTimeout(timeoutMs, () => server.destroy(new Error('timed out')));
try {
  const greeting = await receive(server);
  console.log('received:', greeting.toString());
} catch (error) {
  console.error(`cannot get the greeting of ${host}:`, String(error));
  process.exitCode = 1;
}
server.destroy();
