/**
 * Traffic for tests and measurements, bounded in count and in time.
 *
 *     node traffic.ts echo                                         answers UDP and TCP at port 5000, until it is killed
 *     node traffic.ts ask HOST COUNT GAP_MS                        UDP: one line of JSON, what came back and when
 *     node traffic.ts tcp HOST                                     TCP: the same for one conversation
 *     node traffic.ts receive                                      counts and times until 500 ms of silence
 *     node traffic.ts send HOST PER_SECOND COUNT
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';

const PORT = 5000;
const SILENCE_MS = 500;
const [role, host = '', ...numbers] = process.argv.slice(2);
const [first = 1, second = 0] = numbers.map(Number);

/** The same clock in every process of the machine: CLOCK_MONOTONIC. */
function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function udp(): Socket {
  return createSocket({
    type: host.includes('.') ? 'udp4' : 'udp6',
    recvBufferSize: 4 * 2 ** 20,
    lookup: (name, _options, done) => done(null, name, name.includes('.') ? 4 : 6),
  });
}

function echo(): void {
  const socket = udp().bind(PORT);
  socket.on('message', (bytes, { port, address }) => socket.send(bytes, port, address));
  const server = createServer((client) => client.on('error', () => {}).pipe(client));
  server.listen(PORT, '::', () => console.log('"ready"'));
}

/** Every datagram has its number, and 16 bytes that make damage seen. */
async function ask(count: number, gapMs: number): Promise<void> {
  const socket = udp();
  const sentMs: number[] = [];
  const back: { number: number; ms: number; isIntact: boolean }[] = [];
  socket.on('message', (bytes) => {
    const number = Number(bytes.toString().slice(0, 6));
    const isIntact = number < sentMs.length && bytes.toString() === message(number);
    back.push({ number, ms: nowMs() - (sentMs[number] ?? 0), isIntact });
  });
  for (let number = 0; number < count; number += 1) {
    sentMs.push(nowMs());
    socket.send(message(number), PORT, host);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
  console.log(JSON.stringify(back));
  socket.close();
}

function message(number: number): string {
  return `${String(number).padStart(6, '0')}-0123456789abcdef`;
}

async function talk(): Promise<void> {
  const startMs = nowMs();
  const socket = connect({ host, port: PORT, signal: AbortSignal.timeout(1500) });
  try {
    await once(socket, 'connect');
    socket.end('hello');
    console.log(JSON.stringify({ answer: await text(socket), ms: nowMs() - startMs }));
  } catch {
    console.log(JSON.stringify({ answer: null, ms: nowMs() - startMs }));
  }
}

/** Prints how long each datagram was in flight, in milliseconds. */
function receive(): void {
  const socket = udp().bind(PORT, '::', () => console.log('"ready"'));
  const ms: number[] = [];
  let silence: NodeJS.Timeout | undefined;
  socket.on('message', (bytes) => {
    ms.push(nowMs() - bytes.readDoubleLE(0));
    silence ??= setInterval(done, SILENCE_MS).unref();
    silence.refresh();
  });
  const done = () => {
    clearInterval(silence);
    console.log(JSON.stringify(ms));
    socket.close();
  };
}

async function send(perSecond: number, count: number): Promise<void> {
  const socket = udp();
  const startMs = nowMs();
  let sent = 0;
  while (sent < count) {
    const due = Math.min(count, Math.floor(((nowMs() - startMs) * perSecond) / 1000));
    for (; sent < due; sent += 1) {
      const bytes = Buffer.alloc(100);
      bytes.writeDoubleLE(nowMs());
      socket.send(bytes, PORT, host);
    }
    await new Promise((resolve) =>
      perSecond > 5000 ? setImmediate(resolve) : setTimeout(resolve, 1),
    );
  }
  const seconds = (nowMs() - startMs) / 1000;
  socket.close();
  console.log(JSON.stringify({ sent, seconds }));
}

if (role === 'echo') echo();
else if (role === 'ask') await ask(first, second);
else if (role === 'tcp') await talk();
else if (role === 'receive') receive();
else if (role === 'send') await send(first, second);
