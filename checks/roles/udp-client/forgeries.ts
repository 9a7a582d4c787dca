/** Datagrams that look like the reply, and are none (U4). */
import type { Check, Finding } from '../../check.ts';
import { Peer } from '../../peers/peer.ts';
import type { Instance } from '../../program/instance.ts';
import { exchange } from './exchange.ts';
import { echoFinding } from './findings.ts';
import { echoHints, type Fixture } from './fixture.ts';

/** In which a client that believes a forged reply prints it and ends. */
const BELIEVED_MS = 1000;

/** Another host sends the very echo that the client waits for; the server does so later. */
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
    let finding: Finding | undefined;
    const exchanged = await exchange(context, {
      message,
      script: { answers: 'when-told' },
      met: async (program, { address, port: to }, port) => {
        const bytes = Buffer.from(`Echo: ${message}`).toString('base64');
        await stranger.ask('udpSend', { fromPort: port, address, port: to, bytes });
        finding = await beliefFinding(program, context.deadline(BELIEVED_MS));
        await context.peer.ask('udpAnswer', port);
      },
    });
    const did = 'sent the echo from another host first, and then from the server';
    return finding ?? echoFinding(exchanged, did);
  },
};

async function beliefFinding(program: Instance, withinMs: number): Promise<Finding | undefined> {
  const { host } = program;
  if (!(await host.ended({ timeoutMs: withinMs }))) return undefined;
  const did = 'sent the echo from another host, and had the server wait with its own';
  return {
    code: 'believes-forgery',
    did,
    found: `the program has ended, with exit code ${host.exitCode}`,
  };
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
