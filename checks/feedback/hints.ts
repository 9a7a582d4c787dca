import type { FindingCode } from '../check.ts';

/** What a finding usually means, without a promise. */
export const hints: Readonly<Record<FindingCode, string>> = {
  'not-listening':
    'the program is still at work before it calls listen, or waits for input that never comes.',
  'loopback-only':
    'it binds to 127.0.0.1 or "localhost", where only its own host can reach it. Bind to HOST, which is 0.0.0.0 here.',
  'other-port': 'the port is written into the program. It is in the variable PORT.',
  'ipv6-only': 'the socket is for IPv6 alone. Bind to HOST, which is 0.0.0.0 here.',
  'other-protocol': 'the socket is SOCK_DGRAM where SOCK_STREAM is needed, or the other way round.',
  'program-ended': 'an error that nobody handles, or the end of the program is reached.',
  refused: 'the listening socket was closed, or its queue of connections is full and refused.',
  'nothing-received':
    'the server waits for the client to send something first, or for another client to end.',
  'other-bytes':
    'the text is written into the program, where it should be that of the variable GREETING; or it is encoded in another way.',
  'part-missing':
    'send may take a part of what it is given, and says how much: call it until all is sent, or use sendall.',
  'more-bytes': 'a newline or a zero byte is sent behind it: print, println and C strings add one.',
  'no-fin':
    'the connection is never closed: call close, in the place where the client has been served.',
  reset:
    'the connection is closed while something that the client has sent is still unread, or the program has ended in the middle.',
  'no-second-client':
    'accept is called once. Call it in a loop, and do not close the listening socket after the first client.',
  'one-at-a-time': 'each client is served to its end before the next one is accepted.',
  'other-exit-code': 'the handler of the signal raises an error, or exits with a code of its own.',
  'ignores-sigterm':
    'the signal is caught and the program goes on, or a call that waits is begun again after it.',
};
