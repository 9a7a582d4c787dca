// A TCP server that greets its clients, one after the other.
import { on, once } from 'node:events';
import { createServer, type Socket } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

/** Greets one client, and waits until it has closed its side of the connection. */
async function serve(client: Socket): Promise<void> {
  const { remoteAddress, remotePort } = client;
  console.log('connected:', remoteAddress, remotePort);
  client.end(greeting);
  client.resume();
  try {
    await once(client, 'close');
  } catch (error) {
    console.log('lost:', remoteAddress, remotePort, String(error));
  }
}

// What a client sends is not read before it is served.
const server = createServer({ pauseOnConnect: true });

server.listen(port, host, () => {
  console.log('listening on', server.address());
});

for await (const [client] of on(server, 'connection')) {
  await serve(client);
}
