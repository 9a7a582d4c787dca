// Right: Node's event loop.
import { createServer, type Socket } from 'node:net';

const { HOST = '0.0.0.0', PORT = '50000' } = process.env;
const greeting = process.env.GREETING ?? 'Hello, client! Connection established.';

const server = createServer((client: Socket): void => {
  client.on('error', (error) => console.error(`a client has gone: ${error.message}`));
  client.resume();
  client.end(greeting);
});
server.on('error', (error) => {
  console.error(`Cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => process.exit(0));
