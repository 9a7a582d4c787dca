/**
 * CLIENTS TCP clients at once, each of which connects to SERVER_HOST, uploads UPLOAD_BYTES that nobody asked for, reads to the
 * end of the stream, keeps the connection for HOLD_MS more, and prints what it saw as JSON:
 * `{ "received": base64, "end": "FIN" | "RST" | … }`. With ABORT=1 it sends RST as soon as it is connected.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { SERVER_HOST = '', CLIENTS = '1', UPLOAD_BYTES = '0', HOLD_MS = '0', ABORT } = process.env;

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
    await sleep(Number(HOLD_MS));
    socket.end();
    await once(socket, 'close');
  } catch {
    // The error is in `end`.
  }
  console.log(JSON.stringify({ received: Buffer.concat(received).toString('base64'), end }));
}

console.log('ready');
await Promise.all(Array.from({ length: Number(CLIENTS) }, talk));
