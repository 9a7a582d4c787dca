import type { Host, Lab } from '../../lab/index.ts';
import type { Random } from '../../lab/util/random.ts';
import type { Check } from '../check.ts';
import type { Peer } from '../peers/peer.ts';
import type { Instance } from '../program/instance.ts';

/** A role that programs can be graded in. */
export interface Role<Fixture> {
  /** What `./socketlab check` calls it. */
  readonly name: string;
  /** In the order in which they are reported. */
  readonly checks: readonly Check<Fixture>[];
  /**
   * Whether hosts have addresses of IPv6, too: then names have two addresses, of which some programs take the wrong one. Default: where
   * the engine can.
   */
  readonly ipv6?: boolean;
  /** The environment of the program; what is random in it differs with the seed, so that nothing can be hard-coded. */
  env(random: Random): Record<string, string>;
  /**
   * Makes what a check acts on: once for all checks that share it, which run one after the other, and once for each check that has
   * its own. That of a server starts the program; that of a client leaves it to the checks.
   */
  fixture(context: Context): Fixture | Promise<Fixture>;
}

/** What a fixture is made of. */
export interface Context {
  /** The lab of the run. */
  readonly lab: Lab;
  /** The grader's own host, and the servers and clients that it plays. */
  readonly peer: Peer;
  /** The environment that the program is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** The same numbers for the same seed and the same checks. */
  readonly random: Random;
  /** How long something may take here: as much longer as the machine is slower than usual. In milliseconds, both. */
  deadline(ms: number): number;
  /** Starts the program. It is stopped with the fixture. @throws {LabError} if it cannot be started. */
  start(options?: StartOptions): Promise<Instance>;
}

/** How a program is started. */
export interface StartOptions {
  /** Variables that differ from those of the context. */
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the program's own. */
  readonly entrypoint?: readonly string[];
  /** Called when the host has its addresses, and the program has made no call yet: its packets can be impaired from the first one on. */
  readonly prepare?: (host: Host) => Promise<unknown>;
  /** It is no failure when the program ends by itself, as a client does. Default: it is one. */
  readonly mayEnd?: boolean;
}
