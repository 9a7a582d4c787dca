// Wrong: a datagram of more than 1,024 bytes is ignored, where its beginning must be echoed.
import { createSocket } from 'node:dgram';

const MAX_LENGTH = 1024;
const prefix = Buffer.from('Echo: ');
const server = createSocket('udp4');
server.on('message', (message, client) => {
  if (message.length > MAX_LENGTH) return;
  server.send(Buffer.concat([prefix, message]), client.port, client.address);
});
server.bind(Number(process.env.PORT), process.env.HOST);
