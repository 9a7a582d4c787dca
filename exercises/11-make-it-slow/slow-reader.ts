import type { Check, Finding } from '../../checks/check.ts';
import type { TcpVisited } from '../../checks/peers/in-peer/tcp-clients.ts';
import type { Fixture } from '../../checks/roles/tcp-server/fixture.ts';

/** Together more than the kernels of two hosts ever hold: by default at most 4 MB on one side, and 6 MB on the other (tcp(7)). */
const BYTES = 100_000;
const TIMES = 200;
/** It reads so much later than the other client gives up: until then, a server that waits for it serves nobody. */
const LATER_MS = 2000;

/** A client that does not read must delay nobody else, even where what it is sent fits into no buffer; and it gets all when it reads. */
export const slowReader: Check<Fixture> = {
  id: 'slow-reader',
  statement: 'T5',
  layer: 'is-robust',
  title: 'serves a client while another does not read what it is sent',
  why: 'One client with a slow network must not be the end of the service for all, nor for itself.',
  env: { GREETING: 'Hello, client! '.repeat(BYTES).slice(0, BYTES), TIMES: String(TIMES) },
  hints: {
    delayed:
      'the buffers are full, and the server waits in send (in Node.js: at an await) before it serves another client. Give each client a thread of its own; in Node.js, do not await one client before you serve the next.',
    disconnected:
      'a time limit, or a buffer that is full, ends the connection of the client that does not read. Let it wait: what costs nothing but memory harms nobody.',
    refused: 'the program has ended: nothing listens at its port any more.',
  },
  run: async (fixture) => {
    await fixture.listening();
    const readsAfterMs = fixture.finMs + LATER_MS;
    const [late, other] = await fixture.visits([{ readsAfterMs }, {}]);
    return otherFinding(fixture, other) ?? (late && lateFinding(late, readsAfterMs));
  },
};

function otherFinding({ finMs }: Fixture, other: TcpVisited | undefined): Finding | undefined {
  if (other && other.bytes > 0) return undefined;
  const did = `connected while another client is connected that does not read its ${TIMES} greetings`;
  if (other === undefined || other.end === 'refused') return { code: 'refused', did };
  return {
    code: 'delayed',
    did,
    waited: { for: 'the greeting', ms: finMs, untilMs: other.endedMs },
  };
}

function lateFinding({ bytes, end }: TcpVisited, readsAfterMs: number): Finding | undefined {
  if (bytes === TIMES * BYTES && end === 'fin') return undefined;
  const did = `connected, did not read for ${(readsAfterMs / 1000).toFixed(1)} s, and then read to the end`;
  const found = `${bytes.toLocaleString('en')} of ${(TIMES * BYTES).toLocaleString('en')} bytes, and then ${ends[end]}`;
  return { code: 'disconnected', did, found };
}

const ends: Readonly<Record<TcpVisited['end'], string>> = {
  fin: 'FIN',
  reset: 'RST',
  timeout: 'nothing more',
  flood: 'more than anybody reads',
  refused: 'an error',
  left: 'the client left',
};
