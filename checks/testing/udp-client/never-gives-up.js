// Wrong: it sends the message again for ever.
const dgram = require('dgram');

const { SERVER_HOST, SERVER_PORT, MESSAGE } = process.env;
const client = dgram.createSocket('udp4');
client.connect(Number(SERVER_PORT), SERVER_HOST, () => {
  const send = () => client.send(MESSAGE);
  send();
  setInterval(send, 1000);
});
client.on('message', (reply) => {
  if (reply.toString() !== `Echo: ${MESSAGE}`) return;
  console.log(reply.toString());
  process.exit(0);
});
client.on('error', () => {});
