import type { Picture } from '../picture.ts';

/** What a row is drawn in. */
export interface Row {
  readonly picture: Picture;
  /** Of the whole diagram: down to there goes what is not over. */
  readonly height: number;
  readonly selected: number | undefined;
  /** Steps that the selected one is linked to. */
  readonly related: ReadonlySet<number>;
  /** By the ids of steps: what of a graded program went wrong there. */
  readonly wrong: ReadonlyMap<number, string>;
  readonly select: (id: number) => void;
}
