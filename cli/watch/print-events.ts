import { eventLine } from '../../lab/model/recording.ts';
import type { Output } from './output.ts';

/** Writes a recording on standard output. */
export function printEvents(): Output {
  return { event: (event) => void process.stdout.write(eventLine(event)) };
}
