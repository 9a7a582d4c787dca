import type { Finding } from '../../check.ts';
import { exitWords } from '../../program/exit-words.ts';
import { endFinding } from '../clients/client-run.ts';
import { elsewhereFinding } from '../clients/elsewhere.ts';
import { printedFinding } from '../clients/printed.ts';
import { toldText } from '../clients/server-at.ts';
import type { Meeting } from './meet.ts';

/** Whether the client has connected to the server that it was told of. */
export function connectionFinding({ run, served, server }: Meeting): Finding | undefined {
  if (served.length > 0) return undefined;
  const did = `started the program with ${toldText(server)}, where a server listens`;
  const elsewhere = elsewhereFinding(run.calls, { did, server, protocol: 'tcp' });
  if (elsewhere) return elsewhere;
  if (run.exitCode === undefined) return { code: 'no-connection', did };
  const found = `the program has ended, with ${exitWords(run.exitCode)}, and has not connected`;
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
