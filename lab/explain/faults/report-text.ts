import type { DirectionReport, FaultReport, HostFault } from '../../model/fault-report.ts';
import { describeSettings } from './describe-settings.ts';
import { achievedText } from './fault-text.ts';

/** A fault in one line: where it is, and what was asked for. */
export function reportText(fault: FaultReport): string {
  return `${fault.id}: ${betweenText(fault)}, ${describeSettings(fault.directions[0].status.settings)}`;
}

/** The two hosts: `tcp-client -> tcp-server`, or `tcp-client <-> tcp-server` where it acts both ways. */
export function betweenText({ directions }: FaultReport): string {
  const [{ from, to }] = directions;
  return `${from} ${directions.length > 1 ? '<->' : '->'} ${to}`;
}

/** A fault that is over, and what came of it: a line for each direction that is known to have ended. */
export function healedText(id: string, directions: readonly DirectionReport[]): string {
  return directions
    .map((direction) => {
      const which = directions.length > 1 ? `, ${directionText(direction)}` : '';
      return `healed ${id}${which}: ${achievedText(direction.status)}`;
    })
    .join('\n');
}

/** Whose packets it acts on: `tcp-client -> tcp-server`. */
export function directionText({ from, to }: DirectionReport): string {
  return `${from} -> ${to}`;
}

/** What is wrong with a host. */
export function hostFaultText({ state, exitCode }: HostFault): string {
  return exitCode === undefined ? state : `${state}, exit code ${exitCode}`;
}

/** What became of the faults at a host whose wire was killed. */
export function killedText(host: string): string {
  return `a wire was killed at ${host}: its faults ended then, and the packets that it held back are lost`;
}
