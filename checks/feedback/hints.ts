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
  'no-echo':
    'the server sends its reply to another address or port than the datagram came from, or has not read it at all.',
  'no-prefix': 'the bytes are sent back as they came, without "Echo: " in front.',
  'other-echo':
    'the datagram is treated as text: decoded, stripped, cut at a zero byte, or read into a buffer that is too small.',
  'other-sender': 'the reply is sent from another socket than the one that received. Use that one.',
  'more-datagrams': 'prefix and bytes are sent in two calls: each call is a datagram of its own.',
  'echoes-missing':
    'the work on each datagram takes so long that the queue of the socket overflows.',
  'no-fin':
    'the connection is never closed: call close, in the place where the client has been served.',
  reset:
    'the connection is closed while something that the client has sent is still unread, or the program has ended in the middle.',
  'no-second-client':
    'it serves one client, and then ends or knows no other: accept or recvfrom belongs in a loop, and a socket that is connected to one client hears no other.',
  'other-exit-code': 'the handler of the signal raises an error, or exits with a code of its own.',
  'ignores-sigterm':
    'the signal is caught and the program goes on, or a call that waits is begun again after it.',
};
