/**
 * Numbered datagrams, and what became of their order. Both ends go on until SIGTERM, and then print a line of JSON.
 *
 *     node udp-numbered.ts receive                              { "NAME": { "received", "overtaken" }, … } by sender
 *     node udp-numbered.ts send NAME HOST PER_SECOND [PACE]     { "sent" }
 *
 * PACE is `even` (the default), `random`, or `bursts`: ten back to back. `overtaken` are those that came behind one that was
 * sent later.
 */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

const PORT = 50_000;
const BURST = 10;
/** Less than that is waited for in a loop: to sleep and to wake up takes some 0.1 ms. */
const SPIN_MS = 0.1;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** For what is still on its way. */
const LATE_MS = 500;

interface Count {
  received: number;
  overtaken: number;
  highest: number;
}

function receive(): void {
  const counts: Record<string, Count> = {};
  const socket = createSocket({ type: 'udp6', recvBufferSize: 8 * 2 ** 20 });
  socket.on('message', (bytes) => {
    const [name = '', text] = bytes.toString().split(' ');
    const number = Number(text);
    counts[name] ??= { received: 0, overtaken: 0, highest: -1 };
    const count = counts[name];
    count.received += 1;
    if (number < count.highest) count.overtaken += 1;
    else count.highest = number;
  });
  socket.bind(PORT, '::', () => console.log('ready'));
  process.once('SIGTERM', () => {
    setTimeout(() => {
      console.log(JSON.stringify(counts));
      socket.close();
    }, LATE_MS);
  });
}

/** Milliseconds between two datagrams. */
const paces: Readonly<Record<string, (meanMs: number, number: number) => number>> = {
  even: (meanMs) => meanMs,
  // A Poisson process: any moment is as likely as any other.
  random: (meanMs) => -Math.log(1 - Math.random()) * meanMs,
  bursts: (meanMs, number) => (number % BURST === 0 ? meanMs * BURST : 0),
};

async function send([name, host = '', perSecond, pace = 'even']: string[]): Promise<void> {
  const socket = createSocket({
    type: isIPv6(host) ? 'udp6' : 'udp4',
    lookup: (address, _options, done) => done(null, address, isIPv6(address) ? 6 : 4),
  });
  let isOver = false;
  process.once('SIGTERM', () => {
    isOver = true;
  });
  const gapMs = paces[pace] ?? (() => 0);
  let sent = 0;
  for (let atMs = performance.now(); !isOver; sent += 1) {
    const gap = gapMs(1000 / Number(perSecond), sent);
    atMs += gap;
    // Node's own timers count whole milliseconds. Also one that is late lets signals have their turn.
    if (gap > 0) {
      const leftMs = atMs - performance.now();
      if (leftMs > SPIN_MS) Atomics.wait(sleeper, 0, 0, leftMs - SPIN_MS);
      do await turn();
      while (performance.now() < atMs);
    }
    await new Promise((resolve) => socket.send(`${name} ${sent}`, PORT, host, resolve));
  }
  socket.close();
  console.log(JSON.stringify({ sent }));
}

const [role, ...args] = process.argv.slice(2);
if (role === 'receive') receive();
else await send(args);
