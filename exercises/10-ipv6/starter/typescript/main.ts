// A TCP server that greets its clients, over IPv4 alone.
import { createServer, isIPv4 } from 'node:net';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

if (!isIPv4(host)) throw new TypeError(`HOST must be an address, as in 172.20.0.3, but is ${host}`);

const server = createServer((client) => {
  console.log('connected:', client.remoteAddress, client.remotePort);
  client.on('error', (error) => console.log('lost:', error.message));
  client.end(greeting);
});

server.listen({ host, port, ipv6Only: true }, () => {
  console.log('listening on', server.address());
});
