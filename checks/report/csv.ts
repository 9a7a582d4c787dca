/**
 * Reports as a table for a spreadsheet: a row for each program, a column for each check.
 *
 * Source: RFC 4180
 */
import type { Report } from '../check.ts';
import { checksIn } from '../class/summary.ts';
import { scoreOf } from './points.ts';

/** Without it, Excel takes UTF-8 for the code page of its country, and `Zoë` for `ZoÃ«`; other spreadsheets skip it. */
const BYTE_ORDER_MARK = '\u{feff}';

export function csv(reports: readonly Report[]): string {
  const checks = checksIn(reports);
  const head = ['name', 'verdict', 'points', 'of', 'first failed check', 'why not graded'];
  const rows = reports.map((report) => {
    const { program, verdict, why = '', results } = report;
    // No points are not nought points.
    const { score, max } = verdict === 'not-graded' ? { score: '', max: '' } : scoreOf(report);
    const failed = results.find((one) => one.verdict === 'failed')?.check.title ?? '';
    const ofCheck = new Map(results.map((one) => [one.check.id, one.verdict]));
    const verdicts = checks.map(({ id }) => ofCheck.get(id) ?? '');
    return [program, verdict, score, max, failed, why, ...verdicts];
  });
  const all = [[...head, ...checks.map(({ id }) => id)], ...rows];
  const lines = all.map((row) => `${row.map((cell) => field(String(cell))).join(',')}\r\n`);
  return BYTE_ORDER_MARK + lines.join('');
}

/** A spreadsheet would run a name that looks like a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
