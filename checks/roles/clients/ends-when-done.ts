import type { Check, CheckText } from '../../check.ts';
import { type ClientRun, endFinding } from './client-run.ts';

/** A client that met a server which gave it all that it needs. */
interface Meets {
  first(): Promise<{ readonly run: ClientRun; readonly timeoutMs: number }>;
}

/** @param did what the server did */
export function endsWhenDone(
  words: Pick<CheckText, 'statement' | 'title' | 'hints'>,
  did: string,
): Check<Meets> {
  return {
    ...words,
    id: 'ends',
    layer: 'speaks',
    why: 'A script goes on when the client has ended, and by its exit code knows how it went.',
    run: async ({ first }) => {
      const { run, timeoutMs } = await first();
      return endFinding(run, { did, timeoutMs });
    },
  };
}
