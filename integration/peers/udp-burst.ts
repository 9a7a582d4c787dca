/**
 * Sends COUNT datagrams to SERVER_HOST from one socket, one after the other, and waits for no echo: `TEXT 1`, `TEXT 2`, …, each
 * filled up with dots to BYTES.
 */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

const { SERVER_HOST = '', TEXT = '', COUNT = '1', BYTES = '0' } = process.env;

const socket = createSocket(isIPv6(SERVER_HOST) ? 'udp6' : 'udp4');
for (let n = 1; n <= Number(COUNT); n += 1) {
  const datagram = `${TEXT} ${n}`.padEnd(Number(BYTES), '.');
  await new Promise((resolve) => socket.send(datagram, 50_000, SERVER_HOST, resolve));
}
socket.close();
