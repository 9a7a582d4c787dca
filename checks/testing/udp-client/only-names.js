// Wrong: SERVER_HOST is looked up with a DNS query, which does not find an address.
const dgram = require('node:dgram');
const { resolve4 } = require('node:dns/promises');

const message = process.env.MESSAGE ?? '';

async function main() {
  const [server] = await resolve4(process.env.SERVER_HOST);
  const client = dgram.createSocket('udp4');
  const send = (waitMs) => {
    if (waitMs > 4000) {
      console.error('no reply');
      process.exit(1);
    }
    client.send(message, Number(process.env.SERVER_PORT), server);
    timer = setTimeout(send, waitMs, 2 * waitMs);
  };
  let timer;
  client.on('message', (reply, { address }) => {
    if (address !== server || String(reply) !== `Echo: ${message}`) return;
    clearTimeout(timer);
    console.log(String(reply));
    client.close();
  });
  send(1000);
}

main().catch((error) => {
  console.error(error.syscall, error.code);
  process.exitCode = 1;
});
