// A TCP server that greets each client. On a screen its greeting looks right.
import { createServer } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.end(`${greeting}\n`);
});

server.listen(port, host, () => {
  console.log('listening on', server.address());
});
