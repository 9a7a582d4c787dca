import type { Limit, LimitCounts } from '../../lab/index.ts';
import type { Finding } from '../check.ts';
import type { Instance } from './instance.ts';
import { diskMiB, limits } from './limits.ts';

interface LimitText {
  readonly code: string;
  /** What comes of it, as in "the program wanted …". */
  readonly found: string;
}

/** The first one is told of: very many processes need much memory, too. */
const texts: Readonly<Record<Limit, LimitText>> = {
  processes: {
    code: 'too-many-processes',
    found: `the program wanted more than ${limits.processes} processes and threads at the same time, and was refused more`,
  },
  memory: {
    code: 'out-of-memory',
    found: `the program wanted more than ${limits.memoryMiB} MiB of memory, and the kernel killed a process of it (SIGKILL)`,
  },
};

/** Of programs that have run into a limit. */
export const limitHints: Readonly<Record<string, string>> = {
  'too-many-processes':
    'a thread or process is started again and again, for instance fork in a loop that the child runs, too; or those that have served a client never end.',
  'out-of-memory':
    'something grows in a loop without an end: a list that is never emptied, or all that was ever received.',
  'too-much-on-disk':
    'it writes files in a loop without an end: a log that grows with each turn, or a new file for each client that is never deleted.',
};

/** Whether a finding is that the program has run into a limit. */
export const isLimitHit = (code: string) => Object.hasOwn(limitHints, code);

/**
 * What a check has found, and as its cause the limit that the program has run into, where it has meanwhile.
 *
 * @param before how often it had by the time that all was well
 */
export function withLimitsHit(finding: Finding, before: LimitCounts, now: LimitCounts): Finding {
  const limit = (Object.keys(texts) as Limit[]).find((one) => now[one] > before[one]);
  if (limit === undefined || finding.isAdvice) return finding;
  return withCause(finding, texts[limit]);
}

/** What a check has found, and as its cause that the program fills the disk, where it does. */
export async function withFilledDisk(
  finding: Finding,
  instances: readonly Instance[],
): Promise<Finding> {
  const fill = await Promise.all(instances.map((instance) => instance.fillsDisk()));
  if (finding.isAdvice || !fill.includes(true)) return finding;
  const found = `the program wrote more than ${diskMiB} MiB to the disk, for which a program is killed`;
  return withCause(finding, { code: 'too-much-on-disk', found });
}

function withCause(finding: Finding, { code, found }: LimitText): Finding {
  return { ...finding, code, found: finding.found ? `${finding.found}; ${found}` : found };
}
