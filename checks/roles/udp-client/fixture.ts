import type { Hints } from '../../check.ts';
import { endHints, printedHints, type ServerHost, serverHints } from '../clients/client-hints.ts';
import { randomText } from '../random-text.ts';
import type { Context } from '../role.ts';
import { type Exchange, exchange } from './exchange.ts';

/** What the checks of a UDP client act on. */
export interface Fixture {
  readonly context: Context;
  /** Text that nobody could know before. */
  readonly message: string;
  /** With a server that echoes at once: one exchange for all checks that need no other. */
  first(): Promise<Exchange>;
  /** With a server that never answers: one for all checks that are about silence. */
  unanswered(): Promise<Exchange>;
}

export function fixture(context: Context): Fixture {
  const message = `Hello from ${randomText(context.random, 12)}!`;
  let first: Promise<Exchange> | undefined;
  let unanswered: Promise<Exchange> | undefined;
  return {
    context,
    message,
    first: () => {
      first ??= exchange(context, { message, isNamed: true, script: { answers: true } });
      return first;
    },
    unanswered: () => {
      unanswered ??= exchange(context, { message, script: { answers: false } });
      return unanswered;
    },
  };
}

export const messageHints = (host: ServerHost): Hints => ({
  ...serverHints(host),
  'nothing-received':
    'an empty datagram is sent in place of the message, which is in the variable MESSAGE.',
  'other-bytes':
    'the text is written into the program, where it should be that of the variable MESSAGE; or it is encoded in another way than UTF-8.',
  'part-missing':
    'the message is sent in several datagrams, or cut to a length that is written into the program.',
  'more-bytes':
    'a newline or a zero byte is sent after the message: print, println and C strings add one.',
});

export const echoHints: Hints = {
  ...messageHints('address'),
  ...endHints,
  'still-running':
    'the program waits for more after the echo, or has not taken the echo for what it waits for.',
  'other-exit-code':
    'an error that nobody handles ended the program, and its last lines of output say which. Or it has not taken the echo for what it waits for: recvfrom returns the address of the sender, never its name. Or a timer still sends the message when the socket has been closed.',
  ...printedHints,
  'printed-part':
    'the buffer of recv is smaller than the echo, and the rest of a datagram is lost. 65,535 bytes hold every datagram.',
};
