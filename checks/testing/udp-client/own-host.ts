// Wrong: it asks localhost, where it was tried, and not SERVER_HOST.
import * as dgram from 'dgram';

const message = process.env.MESSAGE ?? 'Hello, UDP World!';
const client = dgram.createSocket('udp4');
let sent = 0;

function send(): void {
  if (sent++ === 4) {
    console.error('no reply');
    process.exit(1);
  }
  client.send(message, Number(process.env.SERVER_PORT), '127.0.0.1');
  setTimeout(send, 2000);
}

client.on('message', (reply) => {
  console.log(reply.toString());
  process.exit(0);
});
send();
