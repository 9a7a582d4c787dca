import type { CallEvent } from '../../lab/event.ts';
import { waitsForOthers } from '../../lab/timeline/calls.ts';
import type { CallStep } from '../../lab/timeline/step.ts';
import { timeWords } from './amount.ts';
import type { Piece } from './piece.ts';
import type { Row } from './rows.ts';
import { styleOf } from './styles.ts';

/** Not failures: the call goes on, or is to be made again (errno(3), connect(2), recv(2)). */
const notYet: ReadonlySet<string> = new Set(['EINPROGRESS', 'EAGAIN', 'EWOULDBLOCK', 'EINTR']);
/** Shorter than that a call has not waited for anything. */
const NOTABLE_NS = 1e6;

/** A call in a line: what is called, what came of it, and how long that took. */
export function callPieces(step: CallStep, part: Row['part']): Piece[] {
  const { call, conversation } = step;
  const style = isFailure(call) ? 'trouble' : styleOf(conversation);
  const title = {
    text: part === 'ends' && !waitsForOthers(call) ? `${call.call} returns` : step.title,
    style,
  };
  if (part === 'begins')
    return waitsForOthers(call) ? [title, { text: ' waits', style: 'faint' }] : [title];
  return [title, ...outcome(call), ...duration(call, part)];
}

export function isFailure({ error }: CallEvent): boolean {
  return error !== undefined && !notYet.has(error);
}

function outcome(call: CallEvent): Piece[] {
  if (call.error === undefined) return [];
  return [{ text: ` ${call.error}`, style: isFailure(call) ? 'trouble' : 'faint' }];
}

function duration({ tookNs }: CallEvent, part: Row['part']): Piece[] {
  if (tookNs === undefined || (tookNs < NOTABLE_NS && part !== 'ends')) return [];
  return [{ text: ` after ${timeWords(tookNs)}`, style: 'faint' }];
}
