// Right: Node's event loop, with the bytes joined as bytes.
import { createSocket } from 'node:dgram';

const { HOST = '0.0.0.0', PORT = '50000' } = process.env;
const LONGEST = 65_501;
const prefix = Buffer.from('Echo: ');
const server = createSocket('udp4');

server.on('message', (message, client) => {
  const reply = Buffer.concat([prefix, message.subarray(0, LONGEST)]);
  server.send(reply, client.port, client.address, (error) => {
    if (error) console.error(error.message);
  });
});
server.on('error', (error) => {
  console.error(`Cannot serve: ${error.message}`);
  process.exit(1);
});
server.bind(Number(PORT), HOST);
process.on('SIGTERM', () => server.close());
