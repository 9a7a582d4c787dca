/** Datagrams that look like the reply, and are none (U4). */
import type { Check } from '../../check.ts';
import { Peer } from '../../peers/peer.ts';
import { exchange } from './exchange.ts';
import { echoFinding } from './findings.ts';
import { echoHints, type Fixture } from './fixture.ts';

/** Longer than the pause between two tries; and whoever believes the forgery has long ended by then, and is known to have. */
const AHEAD_MS = 10_000;

const KEEP_WAITING =
  'Go on receiving until the echo comes from the server, or the time of the try is over.';

/**
 * Another host sends the very echo that the client waits for; the server does so when the client has sent its message again. A client
 * that has ended well without an answer of the server has believed the other host.
 */
export const ignoresForgedReply: Check<Fixture> = {
  id: 'forged-reply',
  statement: 'U4',
  layer: 'is-robust',
  title: 'ignores a reply that comes from another address',
  why: 'Anybody can send a datagram to the port of a client; only its source says who it was.',
  hints: {
    ...echoHints,
    'other-exit-code': `a reply from another address is taken for a failure. ${KEEP_WAITING}`,
    'believes-forgery':
      'recvfrom takes a datagram from anybody. Compare the address that it returns with that of the server, or connect the socket.',
  },
  hasOwnFixture: true,
  run: async ({ context, message }) => {
    await using stranger = await Peer.start(context.lab, 'stranger');
    const from = stranger.host.ipv4 ?? '';
    const forgery = { from, aheadMs: context.deadline(AHEAD_MS) };
    const exchanged = await exchange(context, {
      message,
      script: { answers: true, forgery },
      prepare: (_, port) => stranger.ask('udpForge', port),
    });
    const { run, arrived } = exchanged;
    const did = 'sent the echo from another host, and from the server when the message came again';
    const isBelieved = run.exitCode === 0 && !arrived.some(({ isAnswered }) => isAnswered);
    if (!isBelieved || arrived.length === 0) return echoFinding(exchanged, did);
    const found = 'the program has ended before the server had answered, with exit code 0';
    return { code: 'believes-forgery', did, found };
  },
};

/** The server itself sends something else, in front of the echo. */
export const ignoresOtherReply: Check<Fixture> = {
  id: 'other-reply',
  statement: 'U4',
  layer: 'is-robust',
  title: 'ignores a reply that is not the echo of its message',
  why: 'A reply may be late, and answer an earlier message.',
  hints: {
    'believes-other-reply':
      'the first datagram from the server is taken for the echo. Compare its bytes with "Echo: " and the message.',
    'fails-at-other-reply': `a reply that is not the echo is taken for a failure, or joined to the one behind it. ${KEEP_WAITING}`,
  },
  hasOwnFixture: true,
  run: async ({ context, message }) => {
    const before = Buffer.from('Echo: another message').toString('base64');
    const script = { answers: true, before };
    const exchanged = await exchange(context, { message, script });
    const did = 'sent the echo of another message first, and then that of its own';
    const finding = echoFinding(exchanged, did);
    const code = exchanged.run.exitCode === 0 ? 'believes-other-reply' : 'fails-at-other-reply';
    return finding && { ...finding, code, isAdvice: true };
  },
};
