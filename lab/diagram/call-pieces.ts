import { callLine } from '../explain/calls/call-line.ts';
import { isFailure } from '../model/call-facts.ts';
import type { CallStep } from '../timeline/step.ts';
import type { Piece } from './piece.ts';
import type { Row } from './rows.ts';
import { type Style, styleOf } from './styles.ts';

/** A call in a line; how long it took stays when the rest is cut. */
export function callPieces(step: CallStep, part: Row['part']): Piece[] {
  const { text, note } = callLine(step, part === 'corrected' ? 'ends' : part);
  const style = part === 'begins' ? styleOf(step.conversation) : callStyle(step);
  return [
    { text, style },
    ...(note ? [{ text: note, style: 'faint', staysWhole: true } as const] : []),
  ];
}

/** Red for a call that failed, otherwise the style of its conversation. */
export function callStyle({ call, conversation }: CallStep): Style {
  return isFailure(call) ? 'trouble' : styleOf(conversation);
}
