import type { CheckResult, Report } from '../../checks/check.ts';
import { differenceLines } from '../../checks/feedback/bytes.ts';
import {
  type Fact,
  foundFacts,
  helpFacts,
  outputLabel,
  stepFacts,
} from '../../checks/feedback/facts.ts';
import { shownLine } from '../../checks/feedback/shown-line.ts';
import { scoreText } from '../../checks/report/points.ts';
import type { PageReport, ReportEntry, ReportFact } from '../../web/page/report.ts';
import { statementText } from './statement-text.ts';

/** As many bytes fit beside each other in the panel of the page. */
const BYTES_A_ROW = 6;

/**
 * A report for the page, where each finding leads to its step.
 *
 * @param again the command that repeats a check
 */
export function pageReport(report: Report, again: (result: CheckResult) => string): PageReport {
  const { program, role, results } = report;
  const sinceNs = results.find((one) => one.sinceNs)?.sinceNs;
  return {
    title: `${program} as ${role}: ${scoreText(report)}`,
    entries: results.map((one) => entry(one, again)),
    ...(sinceNs && { sinceNs }),
  };
}

function entry(result: CheckResult, again: (result: CheckResult) => string): ReportEntry {
  const { check, verdict, finding, wrong } = result;
  const title = `${check.statement} ${check.title}`;
  if (finding === undefined) return { mark: verdict, title };
  return {
    mark: verdict,
    title,
    facts: [...factsOf(result), verbatim('again', [again(result)])],
    ...(wrong && { at: { host: wrong.step.host, atNs: wrong.step.atNs } }),
  };
}

/** The part of the diagram is left out: the whole of it is beside the report. */
function factsOf(result: CheckResult): ReportFact[] {
  const { finding, output = [] } = result;
  const { bytes } = finding ?? {};
  const difference = bytes ? differenceLines(bytes.expected, bytes.received, BYTES_A_ROW) : [];
  return [
    ...foundFacts(result),
    ...(bytes ? [verbatim('bytes', difference)] : []),
    ...stepFacts(result),
    ...(output.length > 0 ? [verbatim(outputLabel(result), output.map(shownLine))] : []),
    ...helpFacts(result).map((fact) => withStatement(fact, result)),
  ];
}

/** What is to be read on is there to be read. */
function withStatement(fact: Fact, { check }: CheckResult): Fact {
  const statement = fact.label === 'read' ? statementText(check.statement) : undefined;
  return statement === undefined ? fact : { ...fact, text: `${fact.text}: “${statement}”` };
}

const verbatim = (label: string, lines: readonly string[]): ReportFact => ({
  label,
  text: lines.join('\n'),
  isVerbatim: true,
});
