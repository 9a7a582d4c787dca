import type { Host } from '../../lab/index.ts';
import type { Finding } from '../check.ts';

/** SIGTERM, and what comes of it (P4). */
export async function stopFinding(program: Host, stopMs: number): Promise<Finding | undefined> {
  const did = 'sent SIGTERM';
  await program.stop({ timeoutMs: stopMs });
  const { exitCode } = program;
  if (exitCode === 0 || exitCode === 143) return undefined;
  const waited = { for: 'the end of the program', ms: stopMs };
  // It was killed in the end.
  if (exitCode === 137) return { code: 'ignores-sigterm', did, waited };
  return { code: 'other-exit-code', did, found: `exit code ${exitCode}` };
}
