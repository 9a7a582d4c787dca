/** What the findings of clients usually mean, whichever protocol they speak. */
import type { Hints } from '../../check.ts';

/** Of `printedFinding`. */
export const printedHints: Hints = {
  'not-printed':
    'the program ends before it prints, or prints only when something is there that never comes.',
  'printed-to-stderr':
    'what was received is printed to standard error or logged. Print it to standard output.',
  'printed-escaped':
    "bytes are printed as the language writes them down, as in b'…' or in hex. Decode them, or write them as they are.",
  'printed-in-pieces':
    'each part that was received is printed on a line of its own. Put the parts together, or print them without a line end.',
  'printed-part':
    'recv may return any part of what was sent: call it until it returns nothing more, and put the parts together.',
  'printed-otherwise':
    'what is printed is another text, or its bytes are decoded in another way than UTF-8, or stripped.',
};

/** Of `endFinding`. */
export const endHints: Hints = {
  'still-running':
    'the loop that reads does not end: recv returns 0 bytes when the server has closed the connection. Or a timer or a thread keeps the program alive.',
  'other-exit-code':
    'an error that nobody handles ended the program. Its last lines of output say which.',
};

/** Of `failingFinding`. */
export const failingHints: Hints = {
  'never-gives-up':
    'a call waits without a time limit. Set a timeout on the socket, and give up when it is over.',
  'exits-with-0':
    'the error is caught and printed, and then the program ends as if all was well. End it with an exit code such as 1.',
  'says-nothing': 'the error is caught and dropped. Print what went wrong to standard error.',
  'stack-trace':
    'the error is handled nowhere. Catch it where the network is used, and print one line in place of the stack trace.',
};
