import type { Socket } from 'node:net';
import { connectAndStay, recordingLog } from '../shared/testing.ts';
import { startTcpServer, type TcpServerSettings } from './tcp-server.ts';

/** A server on a free port of loopback, with a log to look at, and clients that stay until the test is over. */
export async function serve(settings: Partial<TcpServerSettings> = {}, clientDeadlineMs?: number) {
  const { log, lines } = recordingLog();
  const all = { HOST: '127.0.0.1', PORT: 0, GREETING: 'Hello', ACCEPT_LIMIT: 0, MAX_OPEN: 100 };
  const server = await startTcpServer({ ...all, ...settings }, log, clientDeadlineMs);
  const clients: Socket[] = [];
  return {
    ...server,
    lines,
    async connect(): Promise<Socket> {
      const client = await connectAndStay(server.local.port);
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      server.stop();
      for (const client of clients) client.destroy();
      await server.ended;
    },
  };
}
