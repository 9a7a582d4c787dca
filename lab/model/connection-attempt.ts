/** The TCP connections that a probe is to open, all at once. */
export interface Destination {
  readonly addresses: readonly string[];
  readonly port: number;
  /** How long each connection may take to open, in milliseconds. */
  readonly timeoutMs: number;
}

/** What became of one of them. */
export interface ConnectionAttempt {
  readonly address: string;
  readonly tookMs: number;
  /** The error's code, as in `ECONNREFUSED`, or `ETIMEDOUT` when the time was up; missing when it opened. */
  readonly failure?: string;
}
