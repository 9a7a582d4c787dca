/**
 * The TCP client of the lecture: connects, reads the greeting to the end of the stream, and shows it.
 *
 *     client                        server
 *       │ ──── connect ─────────────▶ │
 *       │ ◀─── greeting, FIN ──────── │
 *       │ ──── FIN ─────────────────▶ │
 */
import { checkFamily, clientSettings, haveRounds } from '../shared/rounds.ts';
import { runService } from '../shared/run-service.ts';
import { receiveGreeting } from './tcp-client.ts';

await runService({
  role: 'tcp-client',
  summary: 'connects to a server over TCP, and logs what the server sends',
  settings: clientSettings('tcp-server', 5000),
  check: checkFamily,
  work: ({ settings, log, health, stopping }) =>
    haveRounds({ settings, log, health, stopping, round: () => receiveGreeting(settings, log) }),
});
