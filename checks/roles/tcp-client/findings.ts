import type { Finding } from '../../check.ts';
import { endFinding } from '../clients/client-run.ts';
import { destinations } from '../clients/destinations.ts';
import { printedFinding } from '../clients/printed.ts';
import type { Meeting } from './meet.ts';

/** Whether the client has connected to the server that it was told of. */
export function connectionFinding({ run, served, port }: Meeting): Finding | undefined {
  if (served.length > 0) return undefined;
  const did = `started the program with SERVER_HOST and SERVER_PORT of a server that listens at port ${port}`;
  const others = destinations(run.calls, 'tcp');
  if (others.length > 0)
    return { code: 'other-server', did, found: `it connected to ${others.join(', ')}` };
  if (run.exitCode === undefined) return { code: 'no-connection', did };
  const found = `the program has ended, with exit code ${run.exitCode}, and has not connected`;
  return { code: 'no-connection', did, found };
}

/** Whether the client has got the greeting to its end, printed it, and ended with 0. */
export function greetingFinding(
  meeting: Meeting,
  greeting: Buffer,
  did: string,
): Finding | undefined {
  const { run, timeoutMs } = meeting;
  return (
    connectionFinding(meeting) ??
    endFinding(run, { did, timeoutMs }) ??
    printedFinding(greeting, run, did)
  );
}
