/**
 * Runs in the grader's own host: `node tcp-visitor.ts '{"address":"172.20.0.2","port":50000,"visits":[{"timeoutMs":2000}]}'`. Makes
 * each visit, all at once, and prints what became of them as JSON.
 */
import { connect } from 'node:net';

export interface Visit {
  /** Sent as soon as it is connected, in Base64. Default: nothing. */
  readonly send?: string;
  /** How it ends by itself: not at all, or with RST as soon as it is connected. Default: it reads to the end. */
  readonly leaves?: 'reset';
  /** How long the server may be silent, in milliseconds. */
  readonly timeoutMs: number;
}

export interface Visited {
  /** What came, in Base64. */
  readonly received: string;
  readonly end: 'fin' | 'reset' | 'refused' | 'silence' | 'left';
  /** From the beginning, in milliseconds. */
  readonly endedMs: number;
}

export interface Visits {
  readonly address: string;
  readonly port: number;
  readonly visits: readonly Visit[];
}

function visit(
  { address: host, port }: Visits,
  { send, leaves, timeoutMs }: Visit,
): Promise<Visited> {
  const { promise, resolve } = Promise.withResolvers<Visited>();
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  const end = (how: Visited['end']) => {
    const received = Buffer.concat(chunks).toString('base64');
    resolve({ received, end: how, endedMs: performance.now() - startedAt });
    socket.destroy();
  };
  const socket = connect({ host, port, timeout: timeoutMs })
    .on('connect', () => {
      if (send) socket.write(Buffer.from(send, 'base64'));
      if (leaves !== 'reset') return;
      socket.resetAndDestroy();
      end('left');
    })
    .on('data', (chunk) => chunks.push(chunk as Buffer))
    .on('end', () => end('fin'))
    .on('timeout', () => end('silence'))
    .on('error', ({ code }: NodeJS.ErrnoException) =>
      end(code === 'ECONNRESET' ? 'reset' : 'refused'),
    );
  return promise;
}

const visits: Visits = JSON.parse(process.argv[2] ?? '');
console.log(JSON.stringify(await Promise.all(visits.visits.map((one) => visit(visits, one)))));
