/**
 * A UDP client that shows what really came back: it sends DATAGRAMS (base64, separated by commas) to SERVER_HOST, all at once and
 * each from a socket of its own, waits for a reply to each, and prints them in the same order as JSON:
 * `{ "port": the one it was sent from, "from": { "address", "port" }, "reply": base64 }`. It fails when a reply is missing.
 */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

const { SERVER_HOST = '', DATAGRAMS = '', TIMEOUT_MS = '5000' } = process.env;
const deadline = AbortSignal.timeout(Number(TIMEOUT_MS));

async function exchange(datagram: Buffer): Promise<string> {
  // Unconnected, so that it would also see a reply that comes from elsewhere.
  const socket = createSocket(isIPv6(SERVER_HOST) ? 'udp6' : 'udp4');
  socket.send(datagram, 50_000, SERVER_HOST);
  const message = await once(socket, 'message', { signal: deadline });
  const [reply, { address, port }] = message as [Buffer, RemoteInfo];
  const sentFrom = socket.address().port;
  socket.close();
  const from = { address, port };
  return JSON.stringify({ port: sentFrom, from, reply: reply.toString('base64') });
}

console.log('ready');
const datagrams = DATAGRAMS.split(',').map((base64) => Buffer.from(base64, 'base64'));
for (const line of await Promise.all(datagrams.map(exchange))) console.log(line);
