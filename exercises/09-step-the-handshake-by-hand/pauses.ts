/** A server that is there, and lets its client wait. */
import type { Check, Hints } from '../../checks/check.ts';
import { endHints, printedHints, serverHints } from '../../checks/roles/clients/client-hints.ts';
import type { Context } from '../../checks/roles/role.ts';
import { greetingFinding } from '../../checks/roles/tcp-client/findings.ts';
import { greet } from '../../checks/roles/tcp-client/meet.ts';

/** Longer than a connection may take to come about, and 2 s shorter than a client may wait for bytes: timers may be late. */
const PAUSE_MS = 6000;

const limitHint =
  'the time limit of connect is still on when the connection is there, or the one for silence is shorter than 8 s, or does not begin anew with each part. In Python settimeout changes it, in Node.js setTimeout of the socket; clear a timer of your own with clearTimeout.';

const hints: Hints = {
  ...serverHints('address'),
  ...endHints,
  ...printedHints,
  'other-exit-code': limitHint,
  'printed-part': limitHint,
  'not-printed': limitHint,
};

export const waitsThroughPauses: Check<{ readonly context: Context; readonly text: string }> = {
  id: 'pauses',
  statement: 'C3',
  layer: 'is-robust',
  title: `waits through pauses of ${PAUSE_MS / 1000} s`,
  why: 'That a server is there shows within a few seconds; what it has to say may take longer.',
  hasOwnFixture: true,
  hints,
  run: async ({ context, text }) => {
    // Nothing, a pause, the greeting, and a pause before FIN.
    const parts = [Buffer.alloc(0), Buffer.from(text)];
    const meeting = await greet(context, { parts, pauseMs: PAUSE_MS });
    const pause = `${PAUSE_MS / 1000} s`;
    const did = `accepted the connection, sent the greeting after ${pause}, and closed the connection ${pause} later`;
    return greetingFinding(meeting, Buffer.from(text), did);
  },
};
