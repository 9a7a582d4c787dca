import type { RemoteInfo, Socket } from 'node:dgram';
import { recordingLog, startUdpPeer } from '../shared/testing.ts';
import { exchangeEcho, type UdpClientSettings } from './udp-client.ts';

export const defaults = {
  SERVER_HOST: '127.0.0.1',
  FAMILY: 'any',
  TIMEOUT_MS: 5000,
  MESSAGE: 'Hello',
  RETRIES: 3,
} as const;

export const echo = (datagram: Buffer, from: RemoteInfo, socket: Socket) => {
  socket.send(Buffer.concat([Buffer.from('Echo: '), datagram]), from.port, from.address);
};

/** What the client gets and logs, and the server receives, when it behaves like this. */
export async function exchange(
  behave: (datagram: Buffer, from: RemoteInfo, socket: Socket) => void,
  settings: Partial<UdpClientSettings> = {},
) {
  await using server = await startUdpPeer(behave, settings.SERVER_HOST);
  const { log, lines } = recordingLog();
  const outcome = await exchangeEcho({ ...defaults, SERVER_PORT: server.port, ...settings }, log);
  return { ...outcome, lines, received: server.received, port: server.port };
}
