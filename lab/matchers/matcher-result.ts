/** What a matcher returns to Vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  /** Read only when the test fails, also when that is because of `.not`. */
  readonly message: () => string;
}
