/** Datagrams that look like the reply, and are none (U4). */
import type { Check } from '../../check.ts';
import { Peer } from '../../peers/peer.ts';
import type { Instance } from '../../program/instance.ts';
import type { Context } from '../role.ts';
import { exchange } from './exchange.ts';
import { echoFinding } from './findings.ts';
import { echoHints, type Fixture } from './fixture.ts';

/** Longer than a client may take to give up (U5), so also to send again. */
const SENDS_AGAIN_MS = 15_000;
const LOOK_EVERY_MS = 200;

/**
 * Another host sends the very echo that the client waits for; the server does so when the client has sent its message again. A client
 * that has ended well by then has believed the other host, however long the machine has taken.
 */
export const ignoresForgedReply: Check<Fixture> = {
  id: 'forged-reply',
  statement: 'U4',
  layer: 'is-robust',
  title: 'ignores a reply that comes from another address',
  why: 'Anybody can send a datagram to the port of a client; only its source says who it was.',
  hints: {
    ...echoHints,
    'believes-forgery':
      'recvfrom takes a datagram from anybody. Compare the address that it returns with that of the server, or connect the socket.',
  },
  hasOwnFixture: true,
  run: async ({ context, message }) => {
    await using stranger = await Peer.start(context.lab, 'stranger');
    let isBelieved = false;
    const exchanged = await exchange(context, {
      message,
      script: { answers: 'when-told' },
      met: async (program, { address, port: to }, port) => {
        const bytes = Buffer.from(`Echo: ${message}`).toString('base64');
        await stranger.ask('udpSend', { fromPort: port, address, port: to, bytes });
        isBelieved = await endsFirst(program, context, port);
        await context.peer.ask('udpAnswer', port);
      },
    });
    const did = 'sent the echo from another host, and from the server when the message came again';
    if (!isBelieved) return echoFinding(exchanged, did);
    const found = 'the program has ended before the server had answered, with exit code 0';
    return { code: 'believes-forgery', did, found };
  },
};

/** Whether the program ends with exit code 0 before it sends again. */
async function endsFirst(program: Instance, context: Context, port: number): Promise<boolean> {
  const { peer } = context;
  const arrived = async () => (await peer.ask('udpArrived', { port, withinMs: 0 })).length;
  const before = await arrived();
  const untilMs = performance.now() + context.deadline(SENDS_AGAIN_MS);
  while (!(await program.ended({ timeoutMs: LOOK_EVERY_MS })))
    if ((await arrived()) > before || performance.now() > untilMs) return false;
  return program.host.exitCode === 0;
}

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
  },
  hasOwnFixture: true,
  run: async ({ context, message }) => {
    const before = Buffer.from('Echo: another message').toString('base64');
    const script = { answers: 'at-once', before } as const;
    const exchanged = await exchange(context, { message, script });
    const did = 'sent the echo of another message first, and then that of its own';
    const finding = echoFinding(exchanged, did);
    return finding && { ...finding, code: 'believes-other-reply', isAdvice: true };
  },
};
