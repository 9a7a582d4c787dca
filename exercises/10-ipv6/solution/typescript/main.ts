// A TCP server that greets its clients, over IPv4 and over IPv6.
import { createServer } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.on('error', (error) => console.log('lost:', error.message));
  client.end(greeting);
});

server.listen({ host, port, ipv6Only: false }, () => {
  console.log('listening on', server.address());
});
