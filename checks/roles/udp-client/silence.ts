/** A UDP client that gets no reply. */
import type { Check } from '../../check.ts';
import { failingHints } from '../clients/client-hints.ts';
import { failingFinding } from '../clients/failing.ts';
import { exchange } from './exchange.ts';
import { messageFinding } from './findings.ts';
import { type Fixture, messageHints } from './fixture.ts';

const UNANSWERED = 'received the message, and sent no reply';
const why = 'A server that is gone must not make all of its clients wait for ever.';
const TRIES = 3;
/** By how much a pause is longer than the one before it, at least: less is what timers and processors do by themselves. */
const LONGER = 1.2;

export const silenceChecks: readonly Check<Fixture>[] = [
  {
    id: 'silent',
    statement: 'U5',
    layer: 'is-robust',
    title: 'gives up on a server that does not answer',
    why,
    hints: { ...messageHints('address'), ...failingHints },
    run: async ({ unanswered }) => {
      const exchanged = await unanswered();
      const { run, timeoutMs } = exchanged;
      return (
        messageFinding(exchanged) ??
        failingFinding(run, { did: UNANSWERED, waitedFor: 'the echo', timeoutMs })
      );
    },
  },
  {
    id: 'tries',
    statement: 'U3',
    layer: 'is-robust',
    title: `sends its message ${TRIES} times before it gives up`,
    why: 'Where one datagram in ten is lost, one exchange in five fails at the first try, and one in a hundred at the third.',
    hints: { 'few-tries': 'the client gives up early. Try at least three times in all.' },
    run: async ({ unanswered }) => {
      const { arrived } = await unanswered();
      if (arrived.length >= TRIES) return undefined;
      const times = arrived.length === 1 ? 'once' : `${arrived.length} times`;
      return { code: 'few-tries', isAdvice: true, did: UNANSWERED, found: `it was sent ${times}` };
    },
  },
  {
    id: 'back-off',
    statement: 'U6',
    layer: 'is-robust',
    title: 'waits longer after each try',
    why: 'A network loses datagrams where it is overloaded, and those who try again at once keep it so.',
    hints: {
      'no-back-off':
        'each try waits for the same time. Double it after each (RFC 8085, section 3.1.1).',
    },
    run: async ({ unanswered }) => {
      const times = (await unanswered()).arrived.map(({ atMs }) => atMs);
      const pauses = times.slice(1).map((at, n) => at - (times[n] ?? 0));
      const isLonger = pauses.slice(1).every((pause, n) => pause > LONGER * (pauses[n] ?? 0));
      if (isLonger) return undefined;
      const found = `pauses of ${pauses.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`;
      return { code: 'no-back-off', isAdvice: true, did: UNANSWERED, found };
    },
  },
  {
    id: 'absent',
    statement: 'U5',
    layer: 'is-robust',
    title: 'gives up where no server is',
    why,
    hints: failingHints,
    hasOwnFixture: true,
    run: async ({ context, message }) => {
      const { run, timeoutMs } = await exchange(context, { message, script: 'absent' });
      const did = 'started the program where nobody has a socket at SERVER_PORT';
      return failingFinding(run, { did, waitedFor: 'the echo', timeoutMs });
    },
  },
];
