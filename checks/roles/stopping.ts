import type { Host } from '../../lab/index.ts';
import type { Finding, Hints } from '../check.ts';
import { exitWords } from '../program/exit-words.ts';

export const stopHints: Hints = {
  'other-exit-code': 'the handler of the signal raises an error, or exits with a code of its own.',
  'ignores-sigterm':
    'the signal is caught and the program goes on, or a call that waits is begun again after it.',
};

/** SIGTERM, and what comes of it (P4). */
export async function stopFinding(program: Host, stopMs: number): Promise<Finding | undefined> {
  const did = 'sent SIGTERM';
  await program.stop({ timeoutMs: stopMs });
  const { exitCode } = program;
  if (exitCode === 0 || exitCode === 143) return undefined;
  const waited = { for: 'the end of the program', ms: stopMs };
  // It was killed in the end.
  if (exitCode === 137) return { code: 'ignores-sigterm', did, waited };
  return { code: 'other-exit-code', did, found: exitWords(exitCode) };
}
