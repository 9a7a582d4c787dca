/**
 * The UDP echo server of the lecture: answers every datagram with `Echo: ` and the datagram's own bytes.
 *
 *     client                        server
 *       │ ──── datagram ────────────▶ │
 *       │ ◀─── "Echo: " + datagram ── │
 */
import { runService, serve } from '../shared/run-service.ts';
import { DEFAULT_PORT, hostname, port, wholeNumber } from '../shared/settings.ts';
import { BUFFER_SIZE_MAX } from './echo.ts';
import { startUdpEchoServer } from './udp-echo-server.ts';

await runService({
  role: 'udp-echo-server',
  summary: 'answers every UDP datagram with "Echo: " and its contents',
  settings: {
    HOST: hostname({ default: '0.0.0.0', desc: 'the address to receive on' }),
    PORT: port({ default: DEFAULT_PORT, desc: 'the UDP port to receive on' }),
    BUFFER_SIZE: wholeNumber({
      default: 1024,
      min: 1,
      max: BUFFER_SIZE_MAX,
      desc: 'bytes kept of a datagram; the rest is truncated',
    }),
  },
  work: async (context) => serve(await startUdpEchoServer(context.settings, context.log), context),
});
