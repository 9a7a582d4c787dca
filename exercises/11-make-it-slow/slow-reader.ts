import type { Check } from '../../checks/check.ts';
import type { Fixture } from '../../checks/roles/tcp-server/fixture.ts';

/** Together more than the kernels of two hosts ever hold: by default at most 4 MB on one side, and 6 MB on the other (tcp(7)). */
const BYTES = 100_000;
const TIMES = 200;

/** A client that does not read must delay nobody else, even where what it is sent fits into no buffer. */
export const slowReader: Check<Fixture> = {
  id: 'slow-reader',
  statement: 'T5',
  layer: 'is-robust',
  title: 'serves a client while another does not read what it is sent',
  why: 'One client with a slow network must not be the end of the service for all.',
  env: { GREETING: 'Hello, client! '.repeat(BYTES).slice(0, BYTES), TIMES: String(TIMES) },
  hints: {
    delayed:
      'the buffers are full, and the server waits in send (in Node.js: at an await) before it serves another client. Give each client a thread of its own; in Node.js, do not await one client before you serve the next.',
    refused: 'the program has ended: nothing listens at its port any more.',
  },
  run: async (fixture) => {
    await fixture.listening();
    const { received, end } = await fixture.visit({}, 'silent');
    if (received.length > 0) return undefined;
    const did = `connected while another client is connected that does not read its ${TIMES} greetings`;
    if (end === 'refused') return { code: 'refused', did };
    return { code: 'delayed', did, waited: { for: 'the greeting', ms: fixture.finMs } };
  },
};
