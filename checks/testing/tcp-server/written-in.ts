// Wrong: the greeting is written into the program, and GREETING is not read.
import * as net from 'node:net';

const GREETING = 'Hello, client! Connection established.';

net
  .createServer((socket: net.Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(GREETING);
  })
  .listen(Number(process.env['PORT']), process.env['HOST']);
