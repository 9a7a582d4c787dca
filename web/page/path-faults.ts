import { describeSettings } from '../../lab/explain/faults/describe-settings.ts';
import type { FaultReports } from '../../lab/model/fault-report.ts';

/** A fault on the way from one host to another. */
export interface PathFault {
  readonly from: string;
  readonly to: string;
  /** As in `loss 30 %`. */
  readonly words: string;
}

/** The faults of the paths that are impaired now, one for each direction. */
export function pathFaults({ paths }: FaultReports): PathFault[] {
  return paths.flatMap(({ directions }) =>
    directions.map(({ from, to, status }) => ({
      from,
      to,
      words: describeSettings(status.settings),
    })),
  );
}

/** How many faults there are, of paths and hosts, with those that are over and not healed yet. */
export function countFaults({ paths, hosts, over = [], killed = [] }: FaultReports): number {
  return paths.length + hosts.length + over.length + killed.length;
}
