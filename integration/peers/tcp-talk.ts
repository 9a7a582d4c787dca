/**
 * One end of a conversation over TCP that never ends by itself: a question, its answer, the next question. With SERVER_HOST it is the
 * client, which begins anew when a connection ends; without, the server. Each event is a line of JSON, as our services log
 * them: `connected`, `answered`, and `ended` with how: FIN, or the code of an error.
 */
import { connect, createServer, type Socket } from 'node:net';

const { SERVER_HOST } = process.env;
const PORT = 50_000;
const PAUSE_MS = 20;

function tell(event: string, text?: string): void {
  console.log(JSON.stringify({ event, text }));
}

function tellEnd(socket: Socket): Socket {
  let end = 'FIN';
  socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
    end = code;
  });
  return socket.on('close', () => tell('ended', end));
}

function ask(host: string): void {
  const socket = tellEnd(connect(PORT, host));
  socket.on('connect', () => {
    tell('connected');
    socket.write('?');
  });
  socket.on('data', () => {
    tell('answered');
    setTimeout(() => socket.write('?'), PAUSE_MS);
  });
  socket.on('close', () => setTimeout(ask, PAUSE_MS, host));
}

function answer(socket: Socket): void {
  tell('connected');
  tellEnd(socket).on('data', () => socket.write('!'));
}

if (SERVER_HOST) ask(SERVER_HOST);
else createServer(answer).listen(PORT, '::', () => tell('listening'));
