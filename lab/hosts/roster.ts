import type { Host } from './host.ts';

/** A lab as the instruments see it: its name, and its hosts. */
export interface Roster {
  readonly name: string;
  /** Every host, sorted by name, including those that have ended. */
  hosts(): Promise<Host[]>;
  /** @throws {LabError} `NO_HOST`; the message names the existing hosts. */
  find(name: string): Promise<Host>;
}
