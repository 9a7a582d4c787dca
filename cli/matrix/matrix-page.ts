import type { Cell } from '../../checks/matrix/matrix.ts';
import { escapeMarkup } from '../../lab/util/markup.ts';
import { plainPage } from '../plain-page.ts';
import { type MatrixTable, sumText, tablesOf } from './matrix-tables.ts';
import { reason } from './matrix-text.ts';

const marks = { passed: '✓', failed: '✗', 'not-graded': '?' } as const;

/** The cells as a table a protocol. @param pages by cell, the page that it leads to */
export function matrixPage(cells: readonly Cell[], pages: ReadonlyMap<Cell, string>): string {
  const tables = tablesOf(cells).map(
    (one) => `<h2>${one.protocol}</h2>\n${tableMarkup(one, pages)}`,
  );
  const legend =
    'Servers from top to bottom, clients from left to right. A cell that failed leads to what happened.';
  return plainPage({ title: sumText(cells), body: `<p>${legend}</p>\n${tables.join('\n')}` });
}

function tableMarkup(table: MatrixTable, pages: ReadonlyMap<Cell, string>): string {
  const head = ['', ...table.clients].map((name) => `<th scope="col">${escapeMarkup(name)}</th>`);
  const rows = table.rows.map(({ server, cells }) => {
    const row = cells.map((cell) => (cell ? tableCell(cell, pages.get(cell)) : '<td></td>'));
    return `<tr><th scope="row">${escapeMarkup(server)}</th>${row.join('')}</tr>`;
  });
  return `<table>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function tableCell(cell: Cell, page: string | undefined): string {
  const { verdict } = cell;
  const mark = `<span aria-hidden="true">${marks[verdict]}</span> ${verdict.replace('-', ' ')}`;
  const title = verdict === 'passed' ? '' : ` title="${escapeMarkup(reason(cell))}"`;
  const content = page === undefined ? mark : `<a href="${encodeURIComponent(page)}">${mark}</a>`;
  return `<td class="${verdict}"${title}>${content}</td>`;
}
