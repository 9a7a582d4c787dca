// A UDP client: sends a message, and prints its echo. It waits for that for ever.
import { createSocket } from 'node:dgram';

const host = process.env.SERVER_HOST ?? 'udp-echo-server';
const port = Number(process.env.SERVER_PORT ?? 50000);
const message = process.env.MESSAGE ?? 'Hello, UDP World!';

const client = createSocket('udp4');

client.on('message', (data) => {
  console.log(data.toString());
  client.close();
});

client.send(message, port, host);
