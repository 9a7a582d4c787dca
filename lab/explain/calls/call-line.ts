import { waitsForOthers } from '../../model/call-facts.ts';
import type { CallStep } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';
import { begunTitle, callTitle } from './call-title.ts';

/** Shorter than that a call has hardly waited for anything. */
const NOTABLE_NS = 1e6;

/** What a line of a diagram says of a call. */
export interface CallLine {
  readonly text: string;
  /** What is still worth saying where the text has to be cut: ` already`, ` after 3 ms`. */
  readonly note?: string;
}

/** A call in a line: what is called, what came of it, and how long that took; or one end of it. */
export function callLine(step: CallStep, part: 'whole' | 'begins' | 'ends'): CallLine {
  const { call } = step;
  const { tookNs = 0, error } = call;
  const text = callTitle(step);
  if (call.stage === 'present') return { text, note: ' already' };
  const note = ` after ${duration(tookNs)}`;
  if (part === 'whole') return { text, ...(tookNs >= NOTABLE_NS && { note }) };
  // What came of it is not known yet at its beginning.
  if (part === 'begins') return { text: call.stage === 'waiting' ? text : begunTitle(step) };
  if (waitsForOthers(call)) return { text, note };
  return { text: `${call.call} ${error === undefined ? 'returns' : `fails: ${error}`}`, note };
}
