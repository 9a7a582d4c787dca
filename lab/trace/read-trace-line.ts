import type { TraceLine } from '../model/trace-line.ts';

/** A line that a probe printed; of one that is damaged it is known that something is missing. */
export function readTraceLine(line: string): TraceLine {
  try {
    return JSON.parse(line);
  } catch {
    return { missed: 1 };
  }
}
