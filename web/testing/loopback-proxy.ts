import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of SOCKS 5, without a password (RFC 1928, sections 3 to 6). */
const NO_PASSWORD = Buffer.of(5, 0);
const CONNECTED = Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);

/**
 * Starts a SOCKS proxy to this machine's own ports, whatever the name in an address is. It ends with this process.
 *
 * @returns the path of its Unix socket, which is seen from every network namespace.
 */
export async function startLoopbackProxy(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'socketlab-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'proxy.sock');
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    serve(near).catch(() => near.destroy());
  }).listen(path);
  server.unref();
  await once(server, 'listening');
  return path;
}

/** @throws {Error} when the other side ends too early, or the port cannot be connected to. */
async function serve(near: Socket): Promise<void> {
  const [, methods = 0] = await read(near, 2);
  await read(near, methods);
  near.write(NO_PASSWORD);
  const [, , , type] = await read(near, 4);
  // An IPv4 address, an IPv6 address, or a name behind its length.
  const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(near, 1))[0] ?? 0);
  const port = (await read(near, length + 2)).readUInt16BE(length);
  const far = connect(port, '127.0.0.1');
  far.on('error', () => near.destroy()).on('close', () => near.destroy());
  near.on('close', () => far.destroy());
  await once(far, 'connect');
  near.write(CONNECTED);
  near.pipe(far).pipe(near);
}

async function read(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const part = bytes === 0 ? Buffer.alloc(0) : (socket.read(bytes) as Buffer | null);
    if (part !== null) return part;
    if (socket.readableEnded || socket.destroyed) throw new Error('it has ended');
    await once(socket, 'readable');
  }
}
