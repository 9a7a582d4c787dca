// A UDP client: sends a message, and again when no echo comes. It believes whoever answers.
import { createSocket } from 'node:dgram';

const host = process.env.SERVER_HOST ?? 'udp-echo-server';
const port = Number(process.env.SERVER_PORT ?? 50000);
const message = process.env.MESSAGE ?? 'Hello, UDP World!';

const client = createSocket('udp4');
const timeouts = [1000, 2000, 4000];
let timer: NodeJS.Timeout;

function tryOnce(): void {
  const milliseconds = timeouts.shift();
  if (milliseconds === undefined) {
    console.error('no echo to any of 3 tries');
    process.exitCode = 1;
    client.close();
    return;
  }
  client.send(message, port, host);
  timer = setTimeout(tryOnce, milliseconds);
}

client.on('message', (data) => {
  clearTimeout(timer);
  console.log(data.toString());
  client.close();
});

tryOnce();
