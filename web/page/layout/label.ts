/** Labels have a row of their own, so they may reach across lanes, but not out of the picture. */

export interface Label {
  readonly x: number;
  readonly anchor: 'start' | 'end';
  readonly text: string;
}

export interface LabelOptions {
  /** Its preferred start and direction. */
  readonly x: number;
  readonly goesRight: boolean;
  /** Its start in the other direction. */
  readonly otherX: number;
  /** The edges of the picture. */
  readonly left: number;
  readonly right: number;
  readonly charPx: number;
}

/** Puts a label beside a point, on the better side if it fits there, cut where it fits on neither. */
export function label(text: string, options: LabelOptions): Label {
  const { x, otherX, goesRight, left, right, charPx } = options;
  const needed = text.length * charPx;
  const wanted = goesRight ? right - x : x - left;
  const other = goesRight ? otherX - left : right - otherX;
  const turns = needed > wanted && other > wanted;
  const isRight = goesRight !== turns;
  return {
    x: turns ? otherX : x,
    anchor: isRight ? 'start' : 'end',
    text: clip(text, Math.max(wanted, other), charPx),
  };
}

/** As much of a text as fits, with an ellipsis where it was cut. */
export function clip(text: string, px: number, charPx: number): string {
  const fits = Math.max(1, Math.floor(px / charPx));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}
