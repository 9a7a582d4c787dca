import { directionText, reportText } from '../lab/explain/faults/report-text.ts';
import { describeSettings, type Fault, type FaultReport, type Lab } from '../lab/index.ts';
import { usesChance } from '../lab/model/uses-chance.ts';
import { healCommand } from './attach-lab.ts';

/** What is told of a fault that has begun: what it is, what else acts on its path, and how it ends. */
export async function begunLines(fault: Fault, lab: Lab): Promise<string[]> {
  const report = reportOf(fault);
  const seed = fault.begun.some(({ status }) => usesChance(status.settings));
  return [
    reportText(report),
    ...othersOnPath(report, (await lab.faults()).paths),
    `${seed ? `seed ${fault.seed}; ` : ''}heal with: ${healCommand(fault.id)}`,
  ];
}

/** @throws {RangeError} without any direction. */
export function reportOf({ id, begun }: Fault): FaultReport {
  const [first, ...rest] = begun;
  if (first === undefined) throw new RangeError(`Cannot report fault "${id}": it has no direction`);
  return { id, directions: [first, ...rest] };
}

/** The other faults on a path: each packet meets them all, which somebody who begins a second one may not expect. */
export function othersOnPath(fault: FaultReport, all: readonly FaultReport[]): string[] {
  const ways = fault.directions.map(directionText);
  const others = all
    .filter(({ id }) => id !== fault.id)
    .filter(({ directions }) => directions.some((one) => ways.includes(directionText(one))));
  if (others.length === 0) return [];
  const named = others.map(
    ({ id, directions: [{ status }] }) => `${id} (${describeSettings(status.settings)})`,
  );
  const are = others.length === 1 ? 'another fault is' : `${others.length} other faults are`;
  return [`${are} on this path too, and packets meet all of them: ${named.join(', ')}`];
}
