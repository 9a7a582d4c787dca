import type { CheckText, Report, Verdict } from '../../checks/check.ts';
import { checksIn, type FailedCheck, summaryOf } from '../../checks/class/summary.ts';
import { escapeMarkup } from '../../lab/util/markup.ts';
import { plainPage } from '../plain-page.ts';
import { pointsText, sumText, titleOf, verdictWords } from './class-text.ts';

const marks: Readonly<Record<Verdict, { readonly sign: string; readonly name: string }>> = {
  passed: { sign: '✓', name: 'passed' },
  advice: { sign: '!', name: 'advice' },
  failed: { sign: '✗', name: 'failed' },
  'not-reached': { sign: '–', name: 'not reached' },
};

const STYLE = `
thead .check { padding: 6px; vertical-align: bottom; writing-mode: vertical-rl; text-align: right; font-weight: 400; }
td.check { padding: 6px 4px; position: relative; }
.passed, .failed, .not-graded, .points { white-space: nowrap; }
td.why { text-align: left; }
.not-reached { opacity: 0.5; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** The checks that failed most, and a table of programs and checks. @param pageOf the path of the page of a program, from this one */
export function classPage(reports: readonly Report[], pageOf: (program: string) => string): string {
  const [first] = reports;
  const { failedChecks } = summaryOf(reports);
  return plainPage({
    title: `${first?.role ?? ''}: ${sumText(reports)}`,
    style: STYLE,
    body: [
      ...(failedChecks.length > 0 ? [failedTable(failedChecks)] : []),
      programTable(reports, pageOf),
    ].join('\n'),
  });
}

function failedTable(failed: readonly FailedCheck[]): string {
  const rows = failed.map(({ check, programs }) => {
    const names = programs.map(escapeMarkup).join(', ');
    const title = escapeMarkup(titleOf(check));
    return `<tr><th scope="row">${title}</th><td>${programs.length}</td><td class="why">${names}</td></tr>`;
  });
  const head = ['check', 'failed by', 'names'].map((name) => `<th scope="col">${name}</th>`);
  return `<h2>What failed most</h2>\n${table(head, rows)}`;
}

function programTable(reports: readonly Report[], pageOf: (program: string) => string): string {
  const checks = checksIn(reports);
  const head = [
    ...['name', 'result', 'points'].map((name) => `<th scope="col">${name}</th>`),
    ...checks.map((check) => {
      const title = escapeMarkup(titleOf(check));
      return `<th scope="col" class="check" title="${title}">${escapeMarkup(check.id)}</th>`;
    }),
  ];
  const legend = Object.values(marks).map(({ sign, name }) => `${sign} ${name}`);
  const rows = reports.map((report) => row(report, checks, pageOf(report.program)));
  return `<h2>All programs</h2>\n<p>A name leads to what happened. ${legend.join(', ')}.</p>\n${table(head, rows)}`;
}

function row(report: Report, checks: readonly Pick<CheckText, 'id'>[], page: string): string {
  const { program, verdict, why, results } = report;
  const name = escapeMarkup(program);
  const link = why === undefined ? `<a href="${escapeMarkup(page)}">${name}</a>` : name;
  const about = `<th scope="row">${link}</th><td class="${verdict}">${verdictWords[verdict]}</td>`;
  if (why !== undefined)
    return `<tr>${about}<td colspan="${checks.length + 1}" class="why">${escapeMarkup(why)}</td></tr>`;
  const ofCheck = new Map(results.map((one) => [one.check.id, one.verdict]));
  const cells = checks.map(({ id }) => cell(ofCheck.get(id) ?? 'not-reached'));
  return `<tr>${about}<td class="points">${pointsText(report)}</td>${cells.join('')}</tr>`;
}

function cell(verdict: Verdict): string {
  const { sign, name } = marks[verdict];
  return `<td class="check ${verdict}"><span aria-hidden="true">${sign}</span><span class="visually-hidden">${name}</span></td>`;
}

const table = (head: readonly string[], rows: readonly string[]) =>
  `<table>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
