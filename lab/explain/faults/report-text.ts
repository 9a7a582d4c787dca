import type { FaultReport, HostFault } from '../../model/fault-report.ts';
import { describeSettings } from './describe-settings.ts';
import { achievedText } from './fault-text.ts';

/** A fault in one line: where it is, and what was asked for. */
export function reportText({ id, from, to, status }: FaultReport): string {
  return `${id}: ${from} -> ${to}, ${describeSettings(status.settings)}`;
}

/** A fault that is over, and what came of it. */
export function healedText({ id, status }: FaultReport): string {
  return `healed ${id}: ${achievedText(status)}`;
}

/** What is wrong with a host. */
export function hostFaultText({ state, exitCode }: HostFault): string {
  return exitCode === undefined ? state : `${state}, exit code ${exitCode}`;
}

/** What became of the faults at a host whose wire was killed. */
export function killedText(host: string): string {
  return `a wire was killed at ${host}: its faults ended then, and the packets that it held back are lost`;
}
