import { faultLine } from '../explain/faults/fault-text.ts';
import { isFailure } from '../model/call-facts.ts';
import type { Step } from '../timeline/step.ts';
import { callPieces, callStyle } from './call-pieces.ts';
import { packetStyle, packetText } from './packet-text.ts';
import type { Piece } from './piece.ts';
import type { Row } from './rows.ts';
import { styleOf } from './styles.ts';
import type { Symbols } from './symbols.ts';

/** What many programs begin a log line with; the gutter has it already. */
const TIME_OF_DAY = /^\d{2}:\d{2}:\d{2}(?:[.,]\d+)? /;

/** A row in words, without who it is about. */
export function piecesOf(row: Row, symbols: Symbols): Piece[] {
  const { step, part } = row;
  switch (step.kind) {
    case 'call':
      return callPieces(step, part);
    case 'log':
      return [{ text: step.log.line.replace(TIME_OF_DAY, ''), style: 'faint' }];
    case 'packet':
      return [{ text: packetText({ ...row, step }, symbols), style: packetStyle(step) }];
    case 'fault':
      return [{ text: faultLine(step.fault), style: 'fault' }];
    case 'host':
      return [{ text: step.state.state, style: 'name' }];
  }
}

/** The hosts that it is about. */
export function whoOf(step: Step, { arrow }: Symbols): string {
  return step.kind === 'packet' ? `${step.from} ${arrow} ${step.to}` : step.host;
}

/** What stands on the lifeline, or before the words in a list. */
export function markOf({ step, part }: Row, symbols: Symbols): Piece {
  if (step.kind === 'log') return { text: symbols.log, style: 'faint' };
  if (step.kind !== 'call') return { text: symbols.host, style: 'name' };
  if (part === 'begins') return { text: symbols.waiting, style: styleOf(step.conversation) };
  return { text: isFailure(step.call) ? symbols.failed : symbols.call, style: callStyle(step) };
}
