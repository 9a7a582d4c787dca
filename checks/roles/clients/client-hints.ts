/** What the findings of clients usually mean, whichever protocol they speak. */
import type { Hints } from '../../check.ts';

/** What SERVER_HOST is in a check. */
export type ServerHost = 'name' | 'address';

const lookUp: Readonly<Record<ServerHost, string>> = {
  name: 'SERVER_HOST is a name here, and has to be looked up, for instance with getaddrinfo; inet_addr and inet_pton only read addresses',
  address:
    'SERVER_HOST is an address here: getaddrinfo and connect take it as they take a name, while a DNS query does not find it',
};

/** Of a client that does not come to its server. */
export const serverHints = (host: ServerHost): Hints => ({
  'other-server':
    'address or port is written into the program. They are in the variables SERVER_HOST and SERVER_PORT.',
  'no-address': `${lookUp[host]}. What they make of a name is no address of a server.`,
  'no-connection': `an error comes before connect, and the output shows it; or, with exit code 0, the program ends before it is connected, as connect in Node.js does not wait. ${lookUp[host]}.`,
  'no-datagram': `an error comes before the message is sent, and the output shows it. ${lookUp[host]}.`,
});

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
    'a call waits without a time limit. Set a timeout on the socket, and give up when it is over. In C, a call that alarm interrupts goes on waiting if the handler was set with signal: set it with sigaction.',
  'exits-with-0':
    'the error is caught and printed, and then the program ends as if all was well. End it with an exit code such as 1.',
  'says-nothing': 'the error is caught and dropped. Print what went wrong to standard error.',
  'stack-trace':
    'the error is handled nowhere. Catch it where the network is used, and print one line in place of the stack trace.',
};
