// Wrong: the message is sent in two datagrams, a half in each.
import { createSocket } from 'node:dgram';

const message = Buffer.from(process.env.MESSAGE ?? '');
const port = Number(process.env.SERVER_PORT);
const half = Math.floor(message.length / 2);
const client = createSocket('udp4');

let tries = 0;
function send() {
  if (++tries > 4) {
    console.error('no reply');
    process.exit(1);
  }
  client.send(message.subarray(0, half), port, process.env.SERVER_HOST, () =>
    client.send(message.subarray(half), port, process.env.SERVER_HOST),
  );
}

client.on('message', (reply) => {
  process.stdout.write(reply);
  process.exit(0);
});
send();
setInterval(send, 2000);
