import type { Finding } from '../../check.ts';
import { exitWords } from '../../program/exit-words.ts';
import { endFinding } from '../clients/client-run.ts';
import { elsewhereFinding } from '../clients/elsewhere.ts';
import { printedFinding } from '../clients/printed.ts';
import { toldText } from '../clients/server-at.ts';
import { differenceOf } from '../difference.ts';
import { echoOf } from '../echo.ts';
import type { Exchange } from './exchange.ts';

/** Whether the client has sent its message, and nothing else, to the server that it was told of (U1). */
export function messageFinding(exchange: Exchange): Finding | undefined {
  const { run, message, arrived, server } = exchange;
  const did = `started the program with ${toldText(server)}, where a server is, and a MESSAGE of ${message.length} bytes`;
  const all = arrived.map(({ bytes }) => Buffer.from(bytes, 'base64'));
  const other = all.find((one) => !one.equals(message));
  if (other !== undefined) return otherFinding(message, other, did);
  if (all.length > 0) return undefined;
  const elsewhere = elsewhereFinding(run.calls, { did, server, protocol: 'udp' });
  if (elsewhere) return elsewhere;
  const { exitCode } = run;
  if (exitCode === undefined) return { code: 'no-datagram', did };
  const found = `the program has ended, with ${exitWords(exitCode)}, and has sent nothing`;
  return { code: 'no-datagram', did, found };
}

function otherFinding(message: Buffer, received: Buffer, did: string): Finding {
  const bytes = { expected: message, received };
  return { code: differenceOf(message, received) ?? 'other-bytes', did, bytes };
}

/** Whether the client has printed the echo, and ended with 0 (U2). */
export function echoFinding(exchange: Exchange, did: string): Finding | undefined {
  const { run, message, timeoutMs } = exchange;
  return (
    messageFinding(exchange) ??
    endFinding(run, { did, timeoutMs }) ??
    printedFinding(echoOf(message), run, did)
  );
}
