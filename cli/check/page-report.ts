import type { CheckResult, Report } from '../../checks/check.ts';
import type { TextOf } from '../../checks/report/junit.ts';
import type { PageReport, ReportEntry } from '../../web/page/report.ts';

/** A report for the page, where each finding leads to its step. */
export function pageReport({ program, role, results }: Report, textOf: TextOf): PageReport {
  const sinceNs = results.find((one) => one.sinceNs)?.sinceNs;
  const passed = results.filter(({ verdict }) => verdict === 'passed').length;
  return {
    title: `${program} as ${role}: ${passed} of ${results.length} checks passed`,
    entries: results.map((one) => entry(one, textOf)),
    ...(sinceNs && { sinceNs }),
  };
}

function entry(result: CheckResult, textOf: TextOf): ReportEntry {
  const { check, verdict, finding, wrong } = result;
  const title = `${check.statement} ${check.title}`;
  if (finding === undefined) return { mark: verdict, title };
  const text = textOf(result);
  return {
    mark: verdict,
    title,
    text,
    ...(wrong && { at: { host: wrong.step.host, atNs: wrong.step.atNs } }),
  };
}
