// Wrong: || takes an empty GREETING for a missing one.
const net = require('net');

const greeting = process.env.GREETING || 'Hello, client! Connection established.';

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.end(greeting);
});
server.listen(process.env.PORT, process.env.HOST);
