// A UDP echo server. It serves its first client, and no other.
import { createSocket } from 'node:dgram';

const host = process.env.HOST ?? '0.0.0.0';
const port = Number(process.env.PORT ?? 50000);

const server = createSocket('udp4');

function answer(data: Buffer): void {
  server.send(Buffer.concat([Buffer.from('Echo: '), data]));
}

server.once('message', (data, client) => {
  server.connect(client.port, client.address, () => {
    console.log('connected:', client.address, client.port);
    answer(data);
    server.on('message', answer);
  });
});

server.bind(port, host, () => {
  console.log('waiting for datagrams at', server.address());
});
