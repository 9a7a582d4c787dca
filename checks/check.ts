/**
 * What a check is, and what becomes of it. All of this is data; `feedback/` makes the words.
 *
 *     role ──checks──▶ grade() ──▶ CheckResult, CheckResult, … ──▶ Report ──▶ feedback/, --json
 */
import type { Step } from '../lab/index.ts';
import type { Wrong } from './wrong.ts';

/** From what everything stands on to what stands on everything: a layer is checked when all of those before it have passed. */
export const layers = [
  'builds',
  'starts',
  'listens',
  'speaks',
  'is-correct',
  'is-robust',
  'stops',
] as const;

/** One of the layers. */
export type Layer = (typeof layers)[number];

/** What findings usually mean, by their codes. */
export type Hints = Readonly<Record<string, string>>;

/** What people are told of a check. */
export interface CheckText {
  /** Unique in its role: `second-client`. */
  readonly id: string;
  /** The number of the statement in docs/protocol.md that it proves or refutes, as in `T4`. */
  readonly statement: string;
  /** What it stands on. */
  readonly layer: Layer;
  /** What a program that passes does, as in "serves one client after the other". */
  readonly title: string;
  /** Why anybody should care, in a sentence. */
  readonly why: string;
  /** What each of its findings usually means, by code and without a promise: "the port is written into the program". */
  readonly hints?: Hints;
}

/** One statement about a role, that its conversations can prove or refute. */
export interface Check<Fixture> extends CheckText {
  /** Variables that differ from those of the role; such a check has a fixture of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its fixture is its own, so that it runs beside other checks, and may leave the program in any state. Default: it is shared. */
  readonly hasOwnFixture?: true;
  /** @returns what is wrong, or nothing */
  run(fixture: Fixture): Promise<Finding | undefined>;
}

/** Whether it has a fixture of its own. */
export const isOnItsOwn = ({ env, hasOwnFixture }: Check<never>) =>
  hasOwnFixture === true || env !== undefined;

/** What a check has found to be wrong. */
export interface Finding {
  /** What it is a case of, as in `loopback-only`; hints go by it. */
  readonly code: string;
  /** What the grader did, as in "connected to 172.20.0.2:50000, and sent nothing". */
  readonly did: string;
  /** What it waited for, and how long at most. */
  readonly waited?: {
    /** As in "an answer". */
    readonly for: string;
    /** In milliseconds. */
    readonly ms: number;
    /** When the wait was over: what the program did then, it did as its peer left. Milliseconds since 1970. Default: as the check ended. */
    readonly untilMs?: number;
  };
  /** What came in place of it, where that is not bytes. */
  readonly found?: string;
  /** What it is about, where that is bytes. */
  readonly bytes?: {
    /** What was to come. */
    readonly expected: Uint8Array;
    /** What came. */
    readonly received: Uint8Array;
  };
  /** The step at which the program went wrong, where the check knows it. */
  readonly at?: {
    /** The host of the step. */
    readonly host: string;
    /** When the step began, in the unit of `Step.atNs`. */
    readonly atNs: string;
  };
  /** It is a SHOULD that the program does not heed: the check is no failure. */
  readonly isAdvice?: true;
}

/** `advice`: it has passed, and could do better. `not-reached`: what it stands on has failed. */
export type Verdict = 'passed' | 'advice' | 'failed' | 'not-reached';

/** What became of a check. */
export interface CheckResult {
  /** The check. */
  readonly check: Omit<CheckText, 'hints'>;
  /** Whether the program passed it. */
  readonly verdict: Verdict;
  /** What is wrong. */
  readonly finding?: Finding;
  /** What the finding usually means. */
  readonly hint?: string;
  /** Of a finding: the step at which the program went wrong. */
  readonly wrong?: Wrong;
  /** The part of the timeline around that step: calls of the program, and packets from and to it. */
  readonly steps?: readonly Step[];
  /** When the program made its first call of the run, in the unit of `Step.atNs`: times are told from it. */
  readonly sinceNs?: string;
  /** Of a finding: the last lines that the program, at most 12, or its compiler, at most 30, had printed by then. */
  readonly output?: readonly string[];
  /** It had printed more before them. */
  readonly hasEarlierOutput?: true;
  /** How long it took, in milliseconds. */
  readonly tookMs: number;
}

/** What became of a program. */
export interface Report {
  /** The name of the role that it was graded in. */
  readonly role: string;
  /** The program, as it was named. */
  readonly program: string;
  /** The same seed gives the same random values again. */
  readonly seed: string;
  /** `not-graded`: nothing can be said of the program. */
  readonly verdict: 'passed' | 'failed' | 'not-graded';
  /** Why it could not be graded. */
  readonly why?: string;
  /** What became of each check, in their order. */
  readonly results: readonly CheckResult[];
}
