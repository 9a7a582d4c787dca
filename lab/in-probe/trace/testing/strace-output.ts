import { readdirSync, readFileSync } from 'node:fs';
import type { CallEvent } from '../../../model/event.ts';
import { TraceParser } from '../trace-parser.ts';

const folder = new URL('../recordings/', import.meta.url);

/** What strace has printed of real programs. */
export const recordings = readdirSync(folder).map((name) => ({ name, text: recording(name) }));

export function recording(name: string): string {
  return readFileSync(new URL(name, folder), 'latin1');
}

/** All events, as when the recording was made long ago. */
export function eventsOf(...chunks: string[]): CallEvent[] {
  const parser = new TraceParser({ host: 'h' });
  const events = chunks.flatMap((chunk) => parser.push(chunk));
  const ended = chunks.at(-1)?.endsWith('\n') ? [] : parser.push('\n');
  return [...events, ...ended, ...parser.tick(2n ** 62n), ...parser.end()];
}
