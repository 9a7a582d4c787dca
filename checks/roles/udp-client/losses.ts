/** A datagram is lost on its way: the request of a client, or the reply to it. */
import { type Fault, LabError } from '../../../lab/index.ts';
import type { Check, Finding } from '../../check.ts';
import { exitWords } from '../../program/exit-words.ts';
import type { Context } from '../role.ts';
import { type Exchange, exchange } from './exchange.ts';
import { echoFinding, messageFinding } from './findings.ts';
import { echoHints, type Fixture } from './fixture.ts';

type Lost = 'request' | 'reply';

export const survivesLoss = (lost: Lost): Check<Fixture> => ({
  id: `lost-${lost}`,
  statement: 'U3',
  layer: 'is-robust',
  title: `survives the loss of a ${lost}`,
  why: 'Datagrams get lost, and nobody but the client can notice that its own did.',
  hints: {
    ...echoHints,
    'not-sent-again':
      'the client waits for one reply for ever, or only once. Set a timeout on the socket, and send the message again when it is over.',
  },
  hasOwnFixture: true,
  run: async ({ context, message }) => {
    let fault: Fault | undefined;
    const exchanged = await exchange(context, {
      message,
      script: { answers: true },
      prepare: async ({ name }, port) => {
        fault = await loseFirst(context, { lost, client: name, port });
      },
    });
    return lossFinding(exchanged, { lost, lostCount: await lostBy(fault) });
  },
});

function loseFirst(
  { lab, peer }: Context,
  { lost, client, port }: { lost: Lost; client: string; port: number },
): Promise<Fault> {
  const server = peer.host.name;
  const [from, to] = lost === 'request' ? [client, server] : [server, client];
  return lab.impair({ kind: 'loss', percent: 100, first: 1, protocol: 'udp', port, from, to });
}

/** How many datagrams a fault has lost, as its wire has counted. */
async function lostBy(fault: Fault | undefined): Promise<number> {
  const [report] = (await fault?.heal()) ?? [];
  return report?.status.counters.lost ?? 0;
}

/** @throws {LabError} where the client failed, and nothing was lost. */
function lossFinding(
  exchanged: Exchange,
  { lost, lostCount }: { lost: Lost; lostCount: number },
): Finding | undefined {
  const did = `lost the first ${lost} on its way`;
  const { run, arrived, timeoutMs } = exchanged;
  const sentCount = arrived.length + (lost === 'request' ? lostCount : 0);
  if (sentCount === 0) return messageFinding(exchanged);
  const finding = arrived.length === 0 ? undefined : echoFinding(exchanged, did);
  if (arrived.length > 0 && finding === undefined) return undefined;
  if (lostCount === 0)
    throw new LabError('NO_FAULT', `Cannot tell what a lost ${lost} does: the wire has lost none`);
  if (sentCount > 1) return finding;
  const { exitCode } = run;
  const end = exitCode === undefined ? 'still waits' : `has ended, with ${exitWords(exitCode)}`;
  const waited = { for: 'the message to be sent again', ms: timeoutMs };
  return { code: 'not-sent-again', did, waited, found: `it was sent once; the program ${end}` };
}
