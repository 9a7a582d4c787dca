import type { Cell } from '../../checks/matrix/matrix.ts';
import { escapeMarkup } from '../../lab/util/markup.ts';
import { reason } from './matrix-text.ts';

const marks = { passed: '✓', failed: '✗', 'not-graded': '?' } as const;

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 24px; font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 6px 12px; border: 1px solid light-dark(#dcd8d0, #32383e); text-align: center; }
tbody th { text-align: left; }
.passed { color: light-dark(#1b7045, #6fcf97); }
.failed, .failed a { color: light-dark(#b3261e, #ff8a80); font-weight: 700; }
`;

/** The cells as a table a protocol. @param pages by cell, the page that it leads to */
export function matrixPage(cells: readonly Cell[], pages: ReadonlyMap<Cell, string>): string {
  const protocols = [...new Set(cells.map(({ protocol }) => protocol))];
  const passed = cells.filter(({ verdict }) => verdict === 'passed').length;
  const tables = protocols.map((protocol) => {
    const own = cells.filter((cell) => cell.protocol === protocol);
    return `<h2>${protocol}</h2>\n${protocolTable(own, pages)}`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${passed} of ${cells.length} pairs understand each other</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${passed} of ${cells.length} pairs understand each other</h1>
<p>Servers from top to bottom, clients from left to right. A cell that failed leads to what happened.</p>
${tables.join('\n')}
</main>
</body>
</html>
`;
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
