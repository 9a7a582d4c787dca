import { recordingLog } from '../shared/testing.ts';
import { startUdpEchoServer, type UdpEchoServerSettings } from './udp-echo-server.ts';

/** An echo server on a free port, with a log to look at. */
export async function serve(settings: Partial<UdpEchoServerSettings> = {}) {
  const { log, lines } = recordingLog();
  const all = { HOST: '127.0.0.1', PORT: 0, BUFFER_SIZE: 1024 };
  const server = await startUdpEchoServer({ ...all, ...settings }, log);
  return {
    ...server,
    lines,
    async [Symbol.asyncDispose]() {
      server.stop();
      await server.ended;
    },
  };
}
