import { describeSettings, type FaultReport, type HostFault } from '../lab/index.ts';

/** A fault in one line: where, what was asked for, and what came of it. */
export function faultWords({ id, from, to, status }: FaultReport): string {
  return `${id}: ${from} -> ${to}, ${describeSettings(status.settings)}`;
}

/** What is wrong with a host. */
export function hostWords({ state, exitCode }: HostFault): string {
  return exitCode === undefined ? state : `${state}, exit code ${exitCode}`;
}
