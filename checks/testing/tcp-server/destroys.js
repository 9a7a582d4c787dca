// Wrong: destroys its socket behind the greeting, with all that the kernel has not taken yet.
const net = require('node:net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.write(process.env.GREETING);
  socket.destroy();
});
server.listen(Number(process.env.PORT), process.env.HOST);
