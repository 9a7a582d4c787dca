import { eventLine, recordingHeader } from '../../lab/model/recording.ts';
import { escaped } from '../../lab/util/escaped.ts';
import type { Output } from './output.ts';

/** Writes a recording on standard output: what it names does not drive a terminal. */
export function printEvents(): Output {
  process.stdout.write(recordingHeader);
  return { event: (event) => void process.stdout.write(escaped(eventLine(event))) };
}
