/** In bytes: a greeting may have so many (docs/protocol.md, GREETING). */
export const LONGEST_GREETING = 100_000;
