// Right: Node's event loop, with a timer for each try.
import { createSocket } from 'node:dgram';

const { SERVER_HOST = 'udp-echo-server', SERVER_PORT = '50000' } = process.env;
const message = Buffer.from(process.env.MESSAGE ?? 'Hello, UDP World!');
const echo = Buffer.concat([Buffer.from('Echo: '), message]);
const waitsMs = [500, 1000, 2000, 4000];

const client = createSocket('udp4');

function fail(why: string): never {
  console.error(`No echo: ${why}`);
  process.exit(1);
}

function ask(): void {
  const waitMs = waitsMs.shift();
  if (waitMs === undefined) fail('no reply after 4 tries');
  client.send(message);
  setTimeout(ask, waitMs);
}

client.on('message', (reply) => {
  if (!reply.equals(echo)) return;
  process.stdout.write(reply, () => process.exit(0));
});
// An unreachable port is reported here; the server may only be late.
client.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ECONNREFUSED') fail(error.message);
});
client.once('connect', ask);
client.connect(Number(SERVER_PORT), SERVER_HOST);
