import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A socket for both families: which address of a name a client takes is its own affair. @param port Default: the kernel chooses one */
export async function bindUdp(port = 0): Promise<Socket> {
  try {
    return await open('udp6', port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') throw error;
    return await open('udp4', port);
  }
}

async function open(type: 'udp4' | 'udp6', port: number): Promise<Socket> {
  const socket = createSocket(type);
  socket.bind(port);
  await once(socket, 'listening');
  // What cannot be sent looks like a loss, to the client and to the check.
  return socket.on('error', () => undefined);
}
