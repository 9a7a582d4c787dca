// A TCP server that greets its client. It works on your own machine, and only there.
import { createServer } from 'node:net';

const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.end(greeting);
});

server.listen(port, '127.0.0.1', () => {
  console.log('listening on', server.address());
});
