// Wrong: the message is sent back without "Echo: ".
const dgram = require('dgram');

const server = dgram.createSocket('udp4');
server.on('message', (message, client) => server.send(message, client.port, client.address));
server.bind(Number(process.env.PORT), process.env.HOST);
