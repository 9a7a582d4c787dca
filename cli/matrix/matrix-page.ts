import type { Cell } from '../../checks/matrix/matrix.ts';
import { escapeMarkup } from '../../lab/util/markup.ts';
import { plainPage } from '../plain-page.ts';
import { reason } from './matrix-text.ts';

const marks = { passed: '✓', failed: '✗', 'not-graded': '?' } as const;

/** The cells as a table a protocol. @param pages by cell, the page that it leads to */
export function matrixPage(cells: readonly Cell[], pages: ReadonlyMap<Cell, string>): string {
  const protocols = [...new Set(cells.map(({ protocol }) => protocol))];
  const passed = cells.filter(({ verdict }) => verdict === 'passed').length;
  const tables = protocols.map((protocol) => {
    const own = cells.filter((cell) => cell.protocol === protocol);
    return `<h2>${protocol}</h2>\n${protocolTable(own, pages)}`;
  });
  const legend =
    'Servers from top to bottom, clients from left to right. A cell that failed leads to what happened.';
  return plainPage({
    title: `${passed} of ${cells.length} pairs understand each other`,
    body: `<p>${legend}</p>\n${tables.join('\n')}`,
  });
}

function protocolTable(cells: readonly Cell[], pages: ReadonlyMap<Cell, string>): string {
  const clients = [...new Set(cells.map(({ client }) => client))];
  const servers = [...new Set(cells.map(({ server }) => server))];
  const head = ['', ...clients].map((name) => `<th scope="col">${escapeMarkup(name)}</th>`);
  const rows = servers.map((server) => {
    const own = clients.map((client) =>
      cells.find((one) => one.server === server && one.client === client),
    );
    const row = own.map((cell) => (cell ? tableCell(cell, pages.get(cell)) : '<td></td>'));
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
