// Wrong: replies that are sent later go to whoever asked last.
const dgram = require('dgram');

const server = dgram.createSocket('udp4');
let client;
server.on('message', (message, from) => {
  client = from;
  setTimeout(() => {
    server.send(Buffer.concat([Buffer.from('Echo: '), message]), client.port, client.address);
  }, 100);
});
server.bind(process.env.PORT, process.env.HOST);
