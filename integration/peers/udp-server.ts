/**
 * A UDP echo server that ignores the first IGNORE datagrams. With HOLD=1 it keeps the other echoes back until it gets SIGUSR2.
 * It prints each datagram as JSON: `{ "from": { "address", "port" }, "datagram": base64 }`.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const { IGNORE = '0', HOLD } = process.env;
const release = HOLD ? once(process, 'SIGUSR2') : Promise.resolve();

const socket = createSocket('udp4');
let received = 0;
socket.on('message', async (datagram, { address, port }) => {
  received += 1;
  const ignored = received <= Number(IGNORE);
  console.log(JSON.stringify({ from: { address, port }, datagram: datagram.toString('base64') }));
  if (ignored) return;
  await release;
  socket.send(Buffer.concat([Buffer.from('Echo: '), datagram]), port, address);
});
socket.bind(50_000, () => console.log('ready'));
