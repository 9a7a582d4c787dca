import type { Style } from './styles.ts';

/** A part of a line that has a style of its own. */
export interface Piece {
  readonly text: string;
  readonly style: Style;
  /** It is short and says something of its own: what is before it is to be cut in its place. */
  readonly staysWhole?: boolean;
}
