import type { CheckResult, Report } from '../../checks/check.ts';
import { quoted } from '../quoted.ts';

/** What to type to have one check repeated as it was, by the command that checks the program. */
export const againBy =
  (command: string, { seed }: Pick<Report, 'seed'>) =>
  ({ check }: Pick<CheckResult, 'check'>): string =>
    `${command} --seed ${quoted(seed)} --only ${check.id}`;
