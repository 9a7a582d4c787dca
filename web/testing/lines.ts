import type { LabEvent } from '../../lab/index.ts';

/** An event that is told from others by its number. */
export function line(number: number, filling = ''): LabEvent {
  return { kind: 'log', host: 'a', atNs: String(number), line: `${number}${filling}` };
}

/** The numbers of the events of a message of the page's stream, with what they were filled with. */
export function linesOf(data: unknown): string[] {
  return (data as { events: { line: string }[] }).events.map(({ line }) => line);
}
