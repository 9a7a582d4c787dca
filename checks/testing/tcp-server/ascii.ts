// Wrong: Latin-1 has no place for most characters, so that each becomes another one.
import { createServer } from 'node:net';

const server = createServer((socket) => {
  socket.on('error', console.error);
  socket.end(process.env.GREETING, 'latin1');
});
server.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
