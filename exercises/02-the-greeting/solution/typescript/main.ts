// A TCP server that sends a greeting to each client.
import { createServer } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.end(greeting);
});

server.listen(port, host, () => {
  console.log('listening on', server.address());
});
