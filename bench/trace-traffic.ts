/** Clients of a TCP server that greets: `node trace-traffic.ts ADDRESS SECONDS`. Runs in a host; prints how many were served. */
import { once } from 'node:events';
import { connect } from 'node:net';

const CLIENTS = 4;
const PORT = 50_000;

const [address = '', seconds = '1'] = process.argv.slice(2);
const beganMs = performance.now();
const endsMs = beganMs + Number(seconds) * 1000;
let served = 0;

async function talk(): Promise<void> {
  while (performance.now() < endsMs) {
    const socket = connect(PORT, address).resume();
    await once(socket, 'close');
    if (socket.bytesRead > 0) served += 1;
  }
}

await Promise.all(Array.from({ length: CLIENTS }, talk));
console.log(JSON.stringify({ served, seconds: (performance.now() - beganMs) / 1000 }));
