/** The UDP client: sends its message, and prints the echo. */
import type { Check, Hints } from '../../check.ts';
import { endHints, printedHints } from '../clients/client-hints.ts';
import { endsWhenDone } from '../clients/ends-when-done.ts';
import { printedFinding } from '../clients/printed.ts';
import { endsWhileWaiting } from '../clients/stops.ts';
import { echoOf } from '../echo.ts';
import type { Role } from '../role.ts';
import { SPECIAL_CHARACTERS, specialCharactersHint } from '../special-characters.ts';
import { exchange, startWaiting } from './exchange.ts';
import { echoFinding, messageFinding } from './findings.ts';
import { echoHints, type Fixture, fixture, messageHints } from './fixture.ts';
import { ignoresForgedReply, ignoresOtherReply } from './forgeries.ts';
import { survivesLoss } from './losses.ts';
import { silenceChecks } from './silence.ts';

const FIRST = 'echoed the message at once';
/** With "Echo: " in front it fits into a buffer of 1,024 bytes, as of the lecture. */
const LONG = 1000;

export const udpClient: Role<Fixture> = {
  name: 'udp-client',
  ipv6: false,
  // What it sends, and where, differs from check to check.
  env: () => ({}),
  fixture,
  checks: [
    {
      id: 'message',
      statement: 'U1',
      layer: 'speaks',
      title: 'sends its message as one datagram, byte for byte',
      why: 'A datagram is all that a server gets to see at once.',
      hints: messageHints('name'),
      run: async ({ first }) => messageFinding(await first()),
    },
    endsWhenDone(
      {
        statement: 'U2',
        title: 'ends with exit code 0 when it has the echo',
        hints: { ...endHints, ...echoHints },
      },
      FIRST,
    ),
    {
      id: 'prints',
      statement: 'P1',
      layer: 'speaks',
      title: 'prints the echo, byte for byte',
      why: 'What was received is what a client is for; whoever reads its output wants it unchanged.',
      hints: printedHints,
      run: async ({ first }) => {
        const { run, message } = await first();
        return printedFinding(echoOf(message), run, FIRST);
      },
    },
    messageCheck({
      id: 'not-ascii',
      what: 'a message that is not ASCII',
      messageOf: (text) => `${text} grüßt dich, 世界`,
      hints: {
        'no-datagram':
          'an error comes before the message is sent, and the output shows it: ASCII has no code for some of its characters, for instance. Encode it in UTF-8.',
      },
    }),
    messageCheck({
      id: 'special-characters',
      what: 'a message with special characters',
      messageOf: (text) => `${text} ${SPECIAL_CHARACTERS}`,
      hints: {
        'other-bytes': specialCharactersHint,
        'part-missing': specialCharactersHint,
        'printed-otherwise': specialCharactersHint,
        'printed-part': specialCharactersHint,
      },
    }),
    messageCheck({
      id: 'long-message',
      what: `a message of ${LONG.toLocaleString('en')} bytes`,
      messageOf: (text) => text.repeat(Math.ceil(LONG / text.length)).slice(0, LONG),
      hints: {
        'no-datagram':
          'an error comes before the message is sent, and the output shows it: the message does not fit into a buffer, for instance.',
      },
    }),
    // What takes longest comes first, as others run beside it.
    ...silenceChecks,
    survivesLoss('request'),
    survivesLoss('reply'),
    ignoresForgedReply,
    ignoresOtherReply,
    endsWhileWaiting(startWaiting),
  ],
};

interface Message {
  readonly id: string;
  readonly what: string;
  readonly hints: Hints;
  /** @param text letters that nobody could know before */
  messageOf(text: string): string;
}

function messageCheck({ id, what, hints, messageOf }: Message): Check<Fixture> {
  return {
    id,
    statement: 'U1',
    layer: 'is-correct',
    title: `sends ${what}, and prints its echo`,
    why: 'A program that knows only short letters of English works until somebody writes to it.',
    hints: { ...echoHints, ...hints },
    hasOwnFixture: true,
    run: async ({ context, message: text }) => {
      const message = messageOf(text);
      // A name, as in the first exchange: then only the message is another one.
      const meeting = { message, isNamed: true, script: { answers: true } };
      const exchanged = await exchange(context, meeting);
      return echoFinding(exchanged, `echoed ${what}`);
    },
  };
}
