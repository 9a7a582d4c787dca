import type { StepRecord } from '../records/step-record.ts';
import type { Link, Step } from '../step.ts';
import { baseOf, linkedStepOf } from './linked-step.ts';

/** The value of a step: the same one until something has changed. */
export function stepOf(record: StepRecord): Step {
  record.value ??= { ...ownOf(record), ...linksOf(record) } as Step;
  return record.value;
}

function ownOf(record: StepRecord) {
  switch (record.kind) {
    case 'call':
    case 'packet':
      return {
        ...linkedStepOf(record),
        ...(record.isPreliminary && { isPreliminary: true }),
      };
    case 'log':
      return { ...baseOf(record), kind: record.kind, log: record.log };
    case 'fault':
      return { ...baseOf(record), kind: record.kind, fault: record.fault };
    case 'host':
      return { ...baseOf(record), kind: record.kind, state: record.state };
  }
}

function linksOf({ links, linksLeftOut }: StepRecord) {
  return {
    links: links.flatMap(({ to, kind }): Link[] =>
      to.kind === 'call' || to.kind === 'packet' ? [{ kind, to: linkedStepOf(to) }] : [],
    ),
    ...(linksLeftOut && { linksLeftOut }),
  };
}
