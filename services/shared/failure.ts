import { hostPort } from './endpoint.ts';

/** Why a conversation, or a server's start, failed, in a sentence that a beginner understands. */
export class NetworkError extends Error {
  readonly code = 'NETWORK_FAILED';
  override readonly name = 'NetworkError';
}

/** What an `errno` of `connect`, `send`, `recv` or of the resolver means to the one who talks to a server. */
export function conversationFailure(error: unknown, host: string, port: number): NetworkError {
  const last = lastOf(error);
  const code = codeOf(last);
  const peer = hostPort(host, port);
  if (unknownNames.includes(code)) {
    return new NetworkError(
      `Unknown host name "${host}". Is that host running, and on the same network?`,
      { cause: error },
    );
  }
  return new NetworkError(
    conversationSentences[code]?.(peer) ?? `Talking to ${peer} failed: ${messageOf(last)}.`,
    {
      cause: error,
    },
  );
}

/** What an `errno` of `bind` or `listen` means to the one who wants to serve at `local`. */
export function listenFailure(error: unknown, local: string): NetworkError {
  const why = listenReasons[codeOf(error)] ?? `${messageOf(error)}.`;
  return new NetworkError(`Cannot listen on ${local}: ${why}`, { cause: error });
}

const unknownNames = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'];

const unreachable = (peer: string) =>
  `No route to ${peer}. Is that host up, and on the same network?`;

const conversationSentences: Record<string, (peer: string) => string> = {
  ECONNREFUSED: (peer) => `Connection refused by ${peer}. Is the server running?`,
  ECONNRESET: (peer) => `Connection reset by ${peer}: it ended abruptly, with RST instead of FIN.`,
  EPIPE: (peer) => `Connection reset by ${peer}: it ended before everything was sent.`,
  ETIMEDOUT: (peer) => `No answer from ${peer}: the kernel gave up trying to connect.`,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EAFNOSUPPORT: unreachable,
  EADDRNOTAVAIL: unreachable,
  EMSGSIZE: (peer) => `The message to ${peer} is larger than a datagram can be.`,
};

const listenReasons: Record<string, string> = {
  EADDRINUSE: 'the port is already in use. Is another server running?',
  EADDRNOTAVAIL: 'that is not an address of this host.',
  EAFNOSUPPORT: 'this host has no address of that family.',
  EACCES: 'a port below 1024 needs a privilege that this process does not have.',
  ENOTFOUND: 'that name is not known.',
  EAI_AGAIN: 'that name is not known.',
};

/** Of a name with several addresses the last one tried says most: an earlier one was perhaps only given up in its favour. */
function lastOf(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors.at(-1) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
