/** The TCP client: connects, reads to the end of the stream, and prints what it has read. */
import type { Check, Hints } from '../../check.ts';
import { endHints, failingHints, printedHints, serverHints } from '../clients/client-hints.ts';
import { endsWhenDone } from '../clients/ends-when-done.ts';
import { failingFinding } from '../clients/failing.ts';
import { printedFinding } from '../clients/printed.ts';
import { endsWhileWaiting } from '../clients/stops.ts';
import { randomText } from '../random-text.ts';
import type { Context, Role } from '../role.ts';
import { connectionFinding, greetingFinding } from './findings.ts';
import { disappoint, greet, type Meeting, startWaiting } from './meet.ts';
import { type Disappointment, disappointments, type Way, ways } from './ways.ts';

interface Fixture {
  readonly context: Context;
  /** Letters that nobody could know before. */
  readonly text: string;
  /** Meets a server that sends the greeting in one segment: once for all checks that need no other. */
  first(): Promise<Meeting>;
  /** Meets a server that sends nothing: once for all checks that are about that. */
  unanswered(): Promise<Meeting>;
}

const FIRST = 'sent the greeting in one segment, and closed the connection';

const greetingHints: Hints = { ...serverHints('address'), ...endHints, ...printedHints };

export const tcpClient: Role<Fixture> = {
  name: 'tcp-client',
  ipv6: false,
  // What it meets, and where, differs from check to check.
  env: () => ({}),
  fixture: (context) => {
    const text = `Hello from ${randomText(context.random, 12)}!`;
    let first: Promise<Meeting> | undefined;
    let unanswered: Promise<Meeting> | undefined;
    return {
      context,
      text,
      first: () => {
        first ??= greet(context, { parts: [Buffer.from(text)], pauseMs: 0, isNamed: true });
        return first;
      },
      unanswered: () => {
        unanswered ??= disappoint(context);
        return unanswered;
      },
    };
  },
  checks: [
    {
      id: 'finds-server',
      statement: 'V4',
      layer: 'speaks',
      title: 'connects to the server that it is told of',
      why: 'The same program has to work wherever its server is.',
      hints: serverHints('name'),
      run: async ({ first }) => connectionFinding(await first()),
    },
    endsWhenDone(
      {
        statement: 'C2',
        title: 'ends with exit code 0 when the server has closed the connection',
        hints: {
          ...endHints,
          'other-exit-code':
            'an error ended the program, and its output says which. To read a line fails, for instance, where no line end comes: read to the end of the stream.',
        },
      },
      FIRST,
    ),
    {
      id: 'prints',
      statement: 'P1',
      layer: 'speaks',
      title: 'prints the greeting, byte for byte',
      why: 'What was received is what a client is for; whoever reads its output wants it unchanged.',
      hints: printedHints,
      run: async ({ first, text }) => printedFinding(Buffer.from(text), (await first()).run, FIRST),
    },
    {
      id: 'sends-nothing',
      statement: 'C5',
      layer: 'is-correct',
      title: 'sends nothing',
      why: 'A server that does not read what it was sent resets the connection, and the greeting may be lost.',
      hints: { 'sends-something': 'a request is sent, as in HTTP. Here the server speaks first.' },
      run: async ({ first }) => {
        const sent = (await first()).served.find(({ received }) => received !== '');
        if (sent === undefined) return undefined;
        const found = `${Buffer.from(sent.received, 'base64').length} bytes from the program`;
        return { code: 'sends-something', isAdvice: true, did: FIRST, found };
      },
    },
    // What takes longest comes first, as others run beside it.
    ...disappointments.map(disappointmentCheck),
    ...ways.map(wayCheck),
    endsWhileWaiting(startWaiting),
  ],
};

function wayCheck(way: Way): Check<Fixture> {
  const { id, statement, layer, title, why, hints, did, isAdvice, pauseMs } = way;
  return {
    id,
    statement,
    layer,
    title,
    why,
    hints: { ...greetingHints, ...hints },
    hasOwnFixture: true,
    run: async ({ context, text }) => {
      const parts = way.segments(text);
      const meeting = await greet(context, { parts, pauseMs });
      const finding = greetingFinding(meeting, Buffer.concat(parts), did);
      return finding && { ...finding, ...(isAdvice && { isAdvice }) };
    },
  };
}

function disappointmentCheck(one: Disappointment): Check<Fixture> {
  const { id, title, why, did, waitedFor, script } = one;
  return {
    id,
    statement: 'C4',
    layer: 'is-robust',
    title,
    why,
    hints: { ...serverHints('address'), ...failingHints },
    ...(script && { hasOwnFixture: true }),
    run: async ({ context, text, unanswered }) => {
      const played = script?.(Buffer.from(text));
      const meeting = await (played ? disappoint(context, played) : unanswered());
      const unmet = played === 'refuses' ? undefined : connectionFinding(meeting);
      const { run, timeoutMs } = meeting;
      return unmet ?? failingFinding(run, { did, waitedFor, timeoutMs });
    },
  };
}
