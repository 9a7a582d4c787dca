// Wrong: a template literal makes text of bytes, and U+FFFD of those that are none.
import { createSocket, type RemoteInfo } from 'node:dgram';

const server = createSocket('udp4');
server.on('message', (message: Buffer, { address, port }: RemoteInfo) => {
  server.send(`Echo: ${message}`, port, address);
});
server.on('error', (error) => {
  console.error(`Cannot serve: ${error.message}`);
  process.exit(1);
});
server.bind(Number(process.env.PORT), process.env.HOST);
