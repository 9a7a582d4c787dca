import { wholeTitle } from '../../lab/explain/title.ts';
import { isFailure, waitsForOthers } from '../../lab/timeline/calls.ts';
import type { CallStep } from '../../lab/timeline/step.ts';
import { duration } from '../../lab/util/duration.ts';
import type { Piece } from './piece.ts';
import type { Row } from './rows.ts';
import { type Style, styleOf } from './styles.ts';

/** Shorter than that a call has hardly waited for anything. */
const NOTABLE_NS = 1e6;

/** A call in a line: what is called, what came of it, and how long that took. */
export function callPieces(step: CallStep, part: Row['part']): Piece[] {
  const { call, conversation } = step;
  const title = wholeTitle(step);
  const { tookNs = 0, error } = call;
  const already = { text: ' already', style: 'faint' as const, staysWhole: true };
  if (call.stage === 'present') return [{ text: title, style: callStyle(step) }, already];
  const took = { text: ` after ${duration(tookNs)}`, style: 'faint' as const, staysWhole: true };
  if (part === 'whole') {
    return [{ text: title, style: callStyle(step) }, ...(tookNs >= NOTABLE_NS ? [took] : [])];
  }
  // What came of it is not known yet at its beginning.
  if (part === 'begins')
    return [{ text: title.replace(` ${error}`, ''), style: styleOf(conversation) }];
  if (waitsForOthers(call)) return [{ text: title, style: callStyle(step) }, took];
  const outcome = error === undefined ? 'returns' : `fails: ${error}`;
  return [{ text: `${call.call} ${outcome}`, style: callStyle(step) }, took];
}

/** Red for one that failed, else that of its conversation. */
export function callStyle({ call, conversation }: CallStep): Style {
  return isFailure(call) ? 'trouble' : styleOf(conversation);
}
