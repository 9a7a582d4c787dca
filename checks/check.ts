/**
 * What a check is, and what becomes of it. All of this is data; `feedback/` makes the words.
 *
 *     role ──checks──▶ grade() ──▶ CheckResult, CheckResult, … ──▶ Report ──▶ feedback/, --json
 */
import type { CallStep } from '../lab/index.ts';

/** From what everything stands on to what stands on everything: a layer is checked when all of those before it have passed. */
export const layers = ['listens', 'speaks', 'is-correct', 'is-robust', 'stops'] as const;

export type Layer = (typeof layers)[number];

/** One statement of docs/protocol.md about a role, that its conversations can prove or refute. */
export interface Check<Stage> {
  /** Unique in its role: `second-client`. */
  readonly id: string;
  /** The number of the statement, as in `T4`. */
  readonly statement: string;
  readonly layer: Layer;
  /** What a program that passes does, as in "serves one client after the other". */
  readonly title: string;
  /** Why anybody should care, in a sentence. */
  readonly why: string;
  /** What differs from the settings of the role; such a check has an instance of the program to itself. */
  readonly settings?: Readonly<Record<string, string>>;
  /** @returns what is wrong, or nothing */
  run(stage: Stage): Promise<Finding | undefined>;
}

/** What a check has found to be wrong. */
export interface Finding {
  /** What it is a case of; hints go by it. */
  readonly code: FindingCode;
  /** What the grader did, as in "connected to 172.20.0.2:50000, and sent nothing". */
  readonly did: string;
  /** What it waited for, and how long at most. */
  readonly waited?: { readonly for: string; readonly ms: number };
  /** What came in place of it, where that is not bytes. */
  readonly found?: string;
  readonly bytes?: { readonly expected: Uint8Array; readonly received: Uint8Array };
}

export type FindingCode =
  | ('not-listening' | 'loopback-only' | 'other-port' | 'ipv6-only' | 'other-protocol')
  | ('program-ended' | 'refused' | 'reset' | 'no-fin')
  | ('nothing-received' | 'other-bytes' | 'part-missing' | 'more-bytes')
  | ('no-second-client' | 'no-echo' | 'no-prefix' | 'other-echo' | 'other-sender')
  | ('more-datagrams' | 'echoes-missing' | 'other-exit-code' | 'ignores-sigterm');

export type Verdict = 'passed' | 'failed' | 'not-reached' | 'not-graded';

export interface CheckResult {
  readonly check: Pick<Check<unknown>, 'id' | 'statement' | 'layer' | 'title' | 'why'>;
  readonly verdict: Verdict;
  readonly finding?: Finding;
  /** Of a failed one: the latest calls of the program by then, oldest first, at most 8. */
  readonly calls?: readonly CallStep[];
  /** Of a failed one: the latest lines that the program printed by then, at most 5. */
  readonly output?: readonly string[];
  readonly tookMs: number;
}

export interface Report {
  readonly role: string;
  readonly program: string;
  readonly seed: string;
  readonly verdict: 'passed' | 'failed' | 'not-graded';
  /** Why it could not be graded. */
  readonly why?: string;
  readonly results: readonly CheckResult[];
}
