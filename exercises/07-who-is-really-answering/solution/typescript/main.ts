// A UDP client that takes for the echo only what its server sends, and only the echo of its message.
import { createSocket } from 'node:dgram';

const host = process.env.SERVER_HOST ?? 'udp-echo-server';
const port = Number(process.env.SERVER_PORT ?? 50000);
const message = process.env.MESSAGE ?? 'Hello, UDP World!';
const echo = Buffer.from(`Echo: ${message}`);

const client = createSocket('udp4');
const timeouts = [1000, 2000, 4000];
let timer: NodeJS.Timeout;

function fail(why: string): void {
  console.error(`no echo: ${why}`);
  process.exitCode = 1;
  clearTimeout(timer);
  client.close();
}

function tryOnce(): void {
  const milliseconds = timeouts.shift();
  if (milliseconds === undefined) {
    fail('no reply to any of 3 tries');
    return;
  }
  client.send(message);
  timer = setTimeout(tryOnce, milliseconds);
}

client.on('message', (data) => {
  if (!data.equals(echo)) return;
  clearTimeout(timer);
  console.log(data.toString());
  client.close();
});
client.on('error', (error) => fail(error.message));
client.once('connect', tryOnce);
client.connect(port, host);
