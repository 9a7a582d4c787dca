// A TCP server that greets its clients, and outlives each of them, however it leaves.
import { createServer } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';
const patienceMs = 5000;

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.on('error', (error) => console.log('lost:', error.message));
  // Sends FIN after the greeting, and reads until the client has sent it, too.
  client.end(greeting);
  client.resume();
  client.setTimeout(patienceMs, () => client.destroy());
});

server.listen(port, host, () => {
  console.log('listening on', server.address());
});
