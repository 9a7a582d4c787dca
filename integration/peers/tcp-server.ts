/**
 * A TCP server that misbehaves as MODE says:
 *
 *     trickle   sends TEXT byte by byte, one every INTERVAL_MS, then FIN
 *     pause     sends the first byte of TEXT, and at a SIGUSR2 the others, then FIN
 *     silent    accepts, and says nothing
 *     stuck     sends TEXT, and then neither more nor FIN
 *     reset     sends TEXT, then RST
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { MODE, TEXT = 'Hello', INTERVAL_MS = '0' } = process.env;

async function trickle(socket: Socket): Promise<void> {
  socket.setNoDelay(true);
  for (const byte of Buffer.from(TEXT)) {
    socket.write(Buffer.of(byte));
    await sleep(Number(INTERVAL_MS));
  }
  socket.end();
}

async function pause(socket: Socket): Promise<void> {
  socket.write(TEXT.slice(0, 1));
  await once(process, 'SIGUSR2');
  socket.end(TEXT.slice(1));
}

const server = createServer((socket) => {
  console.log(`accepted ${socket.remoteAddress}`);
  socket.on('error', () => undefined);
  if (MODE === 'trickle') void trickle(socket);
  if (MODE === 'pause') void pause(socket);
  if (MODE === 'stuck') socket.write(TEXT);
  if (MODE === 'reset') socket.write(TEXT, () => socket.resetAndDestroy());
});
server.listen(50_000, '::', () => console.log('ready'));
