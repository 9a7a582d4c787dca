// Wrong: server.close() for each client stops listening, where the socket was meant.
const net = require('net');

const server = net.createServer();
server.on('connection', (socket) => {
  socket.end(process.env.GREETING);
  server.close();
});
server.listen(process.env.PORT, process.env.HOST);
