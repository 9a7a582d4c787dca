import { eventLine, recordingHeader } from '../../lab/model/recording.ts';
import type { Output } from './output.ts';

/** Writes a recording on standard output. */
export function printEvents(): Output {
  process.stdout.write(recordingHeader);
  return { event: (event) => void process.stdout.write(eventLine(event)) };
}
