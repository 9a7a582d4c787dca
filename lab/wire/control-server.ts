import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Commanded, reply } from './commands.ts';

/** Longer is no command. */
const MAX_LINE = 65_536;

/**
 * Listens for commands on a Unix socket at `path`.
 *
 * A path and not an abstract name: abstract names belong to the network namespace, which the host shares, so that a
 * program in the host could change its own wire.
 */
export async function startControlServer(path: string, wire: Commanded): Promise<Server> {
  // The queue can be bound once, so that whoever left it is gone.
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, wire));
  server.listen(path);
  await once(server, 'listening');
  chmodSync(path, 0o600);
  return server;
}

async function serve(socket: Socket, wire: Commanded): Promise<void> {
  let unread = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    unread = bytes.includes(10) ? 0 : unread + bytes.length;
    if (unread > MAX_LINE) socket.destroy();
  });
  for await (const line of createInterface({ input: socket })) {
    const answer = await reply(line, wire);
    if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
  }
  socket.end();
}
