/**
 * The TCP server of the lecture: greets every client and closes.
 *
 *     client                        server
 *       │ ──── connect ─────────────▶ │ accept
 *       │ ◀─── greeting, FIN ──────── │ end
 *       │ ──── FIN ─────────────────▶ │ close
 */

import { runService, serve } from '../shared/run-service.ts';
import { DEFAULT_PORT, hostname, port, text, wholeNumber } from '../shared/settings.ts';
import { startTcpServer } from './tcp-server.ts';

await runService({
  role: 'tcp-server',
  summary: 'greets every client over TCP, and closes the connection',
  settings: {
    HOST: hostname({ default: '0.0.0.0', desc: 'the address to listen on' }),
    PORT: port({ default: DEFAULT_PORT, desc: 'the TCP port to listen on' }),
    GREETING: text({
      default: 'Hello, client! Connection established.',
      maxBytes: 100_000,
      desc: 'what every client is sent',
    }),
    ACCEPT_LIMIT: wholeNumber({
      default: 0,
      min: 0,
      max: 1_000_000_000,
      desc: 'clients to serve before the server exits, 0 for no limit',
    }),
    MAX_OPEN: wholeNumber({
      default: 1024,
      min: 1,
      max: 65_536,
      desc: 'clients served at the same time; more are turned away',
    }),
  },
  work: async (context) => serve(await startTcpServer(context.settings, context.log), context),
});
