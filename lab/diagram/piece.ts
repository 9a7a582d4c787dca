import type { Style } from './styles.ts';

/** A part of a line that has a style of its own. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
  /** It is short and says something of its own: what comes before it is cut instead. */
  readonly staysWhole?: boolean;
}
