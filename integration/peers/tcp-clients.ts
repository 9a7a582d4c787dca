/**
 * CLIENTS TCP clients at once, each of which connects to SERVER_HOST, uploads UPLOAD_BYTES that nobody asked for, reads to the
 * end of the stream, and prints what it saw as JSON: `{ "received": base64, "end": "FIN" | "RST" | … }`. With ABORT=1 it sends
 * RST as soon as it is connected. HOLD says until when it keeps the connection: `others` until each has read all or has failed,
 * `signal` until there is a SIGUSR2.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

const { SERVER_HOST = '', CLIENTS = '1', UPLOAD_BYTES = '0', HOLD, ABORT } = process.env;

const signal = HOLD === 'signal' ? once(process, 'SIGUSR2') : undefined;
const others = Promise.withResolvers<void>();
let reading = Number(CLIENTS);

/** Resolves when the connection may be closed. */
function heldEnough(): Promise<unknown> {
  reading -= 1;
  if (reading === 0) others.resolve();
  return Promise.resolve(HOLD === 'others' ? others.promise : signal);
}

async function talk(): Promise<void> {
  const socket = connect({ host: SERVER_HOST, port: 50_000, allowHalfOpen: true });
  const received: Buffer[] = [];
  let end = 'FIN';
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code === 'ECONNRESET' ? 'RST' : String(error.code);
  });
  socket.on('data', (part: Buffer) => received.push(part));
  try {
    await once(socket, 'connect');
    if (ABORT) return void socket.resetAndDestroy();
    console.log('connected');
    socket.write(Buffer.alloc(Number(UPLOAD_BYTES)));
    await once(socket, 'end');
  } catch {
    // The error is in `end`.
  }
  await heldEnough();
  if (!socket.destroyed) {
    socket.end();
    await once(socket, 'close').catch(() => undefined);
  }
  console.log(JSON.stringify({ received: Buffer.concat(received).toString('base64'), end }));
}

console.log('ready');
// A connection that has been read to its end keeps no process alive.
const alive = setInterval(() => undefined, 1e9);
await Promise.all(Array.from({ length: Number(CLIENTS) }, talk));
clearInterval(alive);
