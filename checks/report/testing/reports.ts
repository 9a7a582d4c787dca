import type { CheckResult, Report, Verdict } from '../../check.ts';

/** The check of a made-up role. */
export function result(verdict: Verdict, found?: string): CheckResult {
  const check = {
    id: `is-${verdict}`,
    statement: 'T1',
    layer: 'speaks',
    title: `is ${verdict}`,
    why: 'Tests want it.',
  } as const;
  const finding = found === undefined ? undefined : { code: 'odd', did: 'looked', found };
  return { check, verdict, tookMs: 1500, ...(finding && { finding }) };
}

export function reportOf(...results: readonly CheckResult[]): Report {
  const verdict = results.some((one) => one.verdict === 'failed') ? 'failed' : 'passed';
  return { role: 'tcp-server', program: 'a & <b>/', seed: '5eed', verdict, results };
}

export const notGraded: Report = {
  ...reportOf(),
  verdict: 'not-graded',
  why: 'the machine is too busy',
};
