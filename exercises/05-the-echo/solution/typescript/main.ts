// A UDP echo server: answers each datagram, whoever has sent it.
import { createSocket } from 'node:dgram';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);

const server = createSocket('udp4');

server.on('message', (data, client) => {
  server.send(Buffer.concat([Buffer.from('Echo: '), data]), client.port, client.address);
});

server.bind(port, host, () => {
  console.log('waiting for datagrams at', server.address());
});
