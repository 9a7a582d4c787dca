/**
 * A reply from a host that was not asked. The server asks for it itself, so that it is at the client before anything else can be:
 *
 *     client ──datagram──▶ server ──forge()──▶ udpForge
 *        ▲                   ▲──────sent─────────┤
 *        └───────────────────┼──────reply────────┘
 */
import { createSocket } from 'node:dgram';
import { bindUdp } from './udp-socket.ts';
import { within } from './within.ts';

/** Where a forged reply goes, and what is in it. */
interface Forgery {
  readonly address: string;
  readonly port: number;
  /** In Base64. */
  readonly bytes: string;
}

/** To pass one datagram on, and to hear of it: a hundred times what it takes. In milliseconds. */
const FORGED_MS = 1000;

/** From now on this host sends the forgeries that it is asked for, from this port. */
export async function udpForge(port: number): Promise<void> {
  const socket = await bindUdp(port);
  socket.on('message', (request, server) => {
    const { address, port: to, bytes }: Forgery = JSON.parse(request.toString());
    socket.send(Buffer.from(bytes, 'base64'), to, address, () =>
      socket.send('sent', server.port, server.address),
    );
  });
}

/** Has the host at this address, and its `udpForge` at this port, send a forgery. Resolves when it has. */
export async function forge(
  forger: { readonly address: string; readonly port: number },
  forgery: Forgery,
): Promise<void> {
  const socket = createSocket('udp4').on('error', () => undefined);
  const sent = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify(forgery), forger.port, forger.address);
  await within(FORGED_MS, sent);
  socket.close();
}
