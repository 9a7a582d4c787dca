/** The role of a TCP client, with a server that is not there: nothing that the client sends arrives anywhere. */
import type { Check } from '../../checks/check.ts';
import { failingHints, serverHints } from '../../checks/roles/clients/client-hints.ts';
import { endSinceFirstCall } from '../../checks/roles/clients/client-run.ts';
import { failingFinding } from '../../checks/roles/clients/failing.ts';
import { serverAt, toldText } from '../../checks/roles/clients/server-at.ts';
import { unusedPort } from '../../checks/roles/clients/unused-port.ts';
import type { Context, Role } from '../../checks/roles/role.ts';
import { tcpClient } from '../../checks/roles/tcp-client/tcp-client.ts';
import type { Fault } from '../../lab/index.ts';
import { waitsThroughPauses } from './pauses.ts';

/** A tenth more than C4 has, so that three timeouts of 5 s are right. */
const GIVES_UP_MS = 16_500;
/** Less than the two minutes after which Linux gives up by itself (tcp(7), tcp_syn_retries), however slow the machine is. */
const GIVES_UP_MAX_MS = 100_000;

const unanswered: Check<{ readonly context: Context }> = {
  id: 'unanswered',
  statement: 'C4',
  layer: 'is-robust',
  title: 'gives up on a server that does not answer SYN',
  why: 'By itself the kernel gives up after two minutes, and for so long nobody learns that the server is not there.',
  hasOwnFixture: true,
  hints: {
    ...serverHints('address'),
    ...failingHints,
    'never-gives-up':
      'connect waits without a time limit, or the limit is set only when it has returned. Set it before: in Python with timeout= of create_connection, in Node.js with setTimeout of the socket.',
  },
  run: async ({ context }) => {
    const { lab, peer, start, deadline } = context;
    const server = serverAt(context, unusedPort(context.random));
    let fault: Fault | undefined;
    const prepare = async ({ name: from }: { readonly name: string }) => {
      fault = await lab.impair({
        kind: 'loss',
        percent: 100,
        protocol: 'tcp',
        from,
        to: peer.host.name,
      });
    };
    const program = await start({ mayEnd: true, env: server.env, prepare });
    const timeoutMs = Math.min(deadline(GIVES_UP_MS), GIVES_UP_MAX_MS);
    const run = await endSinceFirstCall(program, timeoutMs);
    const [report] = (await fault?.heal()) ?? [];
    const did = `started the program with ${toldText(server)}, and lost every packet that it sent there`;
    if (report?.status.counters.lost === 0) return { code: 'no-connection', did, found: 'no SYN' };
    return failingFinding(run, { did, waitedFor: 'the connection', timeoutMs });
  },
};

export const clientOfAbsentServers: Role<unknown> = {
  ...tcpClient,
  checks: [...tcpClient.checks, unanswered, waitsThroughPauses],
};
