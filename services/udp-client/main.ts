/**
 * The UDP client of the lecture: sends a message, waits for its echo, and sends it again when none comes.
 *
 *     client                        server
 *       │ ──── message ─────────────▶ │
 *       │         (lost?) ✕ ───────── │
 *       │ ──── message, again ──────▶ │
 *       │ ◀─── "Echo: " + message ─── │
 */
import { checkFamily, clientSettings, haveRounds } from '../shared/rounds.ts';
import { runService } from '../shared/run-service.ts';
import { text, wholeNumber } from '../shared/settings.ts';
import { exchangeEcho } from './udp-client.ts';

await runService({
  role: 'udp-client',
  summary: 'sends a message to an echo server over UDP, and checks the echo',
  settings: {
    ...clientSettings('udp-echo-server', 1000),
    MESSAGE: text({ default: 'Hello, UDP World!', maxBytes: 65_507, desc: 'what is sent' }),
    RETRIES: wholeNumber({
      default: 2,
      min: 0,
      max: 10,
      desc: 'retransmissions of the message, each after twice the silence',
    }),
  },
  check: checkFamily,
  work: ({ settings, log, health, stopping }) =>
    haveRounds({
      settings,
      log,
      health,
      stopping,
      round: () => exchangeEcho(settings, log, stopping),
    }),
});
