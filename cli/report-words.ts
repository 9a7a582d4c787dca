import { achievedWords } from '../lab/explain/faults/fault-text.ts';
import { describeSettings, type FaultReport, type HostFault } from '../lab/index.ts';

/** A fault in one line: where it is, and what was asked for. */
export function reportWords({ id, from, to, status }: FaultReport): string {
  return `${id}: ${from} -> ${to}, ${describeSettings(status.settings)}`;
}

/** A fault that is over, and what came of it. */
export function healedWords({ id, status }: FaultReport): string {
  return `healed ${id}: ${achievedWords(status)}`;
}

/** What is wrong with a host. */
export function hostWords({ state, exitCode }: HostFault): string {
  return exitCode === undefined ? state : `${state}, exit code ${exitCode}`;
}
