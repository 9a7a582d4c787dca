const MS_A_MINUTE = 60_000;

export interface ClassProgress {
  /** How many there are results of, those that were kept among them. */
  readonly done: number;
  /** Of those, how many were kept from an earlier run. */
  readonly kept: number;
  readonly all: number;
  readonly passed: number;
  /** How long this run has taken so far. */
  readonly tookMs: number;
}

/** `12 of 30, 3 passed, about 4 min left`; nothing is foretold before one has been graded. */
export function progressText({ done, kept, all, passed, tookMs }: ClassProgress): string {
  const soFar = `${done} of ${all}, ${passed} passed`;
  if (done === kept) return soFar;
  const leftMs = (tookMs / (done - kept)) * (all - done);
  const left = leftMs < MS_A_MINUTE ? 'less than 1 min' : `about ${minutes(leftMs)} min`;
  return `${soFar}, ${left} left`;
}

const minutes = (ms: number) => Math.round(ms / MS_A_MINUTE);
