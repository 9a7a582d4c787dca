import type { Cell } from '../../checks/matrix/matrix.ts';
import { printable } from '../../lab/util/printable.ts';
import { table } from '../table.ts';
import { sumText, tablesOf } from './matrix-tables.ts';

const marks = { passed: 'ok', failed: 'FAILED', 'not-graded': '?' } as const;

/** A table a protocol, a line below for each pair that does not understand each other, and the sum. */
export function matrixText(cells: readonly Cell[]): string {
  const tables = tablesOf(cells).map(({ protocol, clients, rows }) =>
    table(
      [`${protocol} server \\ client`, ...clients],
      rows.map((row) => [
        row.server,
        ...row.cells.map((cell) => (cell ? marks[cell.verdict] : '')),
      ]),
    ),
  );
  const reasons = cells.filter(({ verdict }) => verdict !== 'passed').map(reason);
  return [...tables, ...(reasons.length > 0 ? [reasons.join('\n')] : []), sumText(cells)].join(
    '\n\n',
  );
}

/** As in "TCP server alice, client bob: the client ended with exit code 1". */
export function reason({ protocol, server, client, finding, why }: Cell): string {
  const what = printable(why ?? whatWasFound(finding));
  return `${protocol} server ${server}, client ${client}: ${what}`;
}

function whatWasFound(finding: Cell['finding']): string {
  if (finding === undefined) return '';
  const { code, found, waited, bytes } = finding;
  if (found) return found;
  if (waited) return `waited ${waited.ms / 1000} s for ${waited.for}`;
  return bytes ? (printedInstead[code] ?? printedOther) : code;
}

const printedOther = 'the client printed something other than what the server sent';

/** What a client has printed in place of what it received, by the code of the finding. */
const printedInstead: Readonly<Record<string, string>> = {
  'not-printed': 'the client printed nothing',
  'printed-escaped': 'the client printed what the server sent, but escaped or in hex',
  'printed-in-pieces': 'the client printed what the server sent in several lines',
  'printed-part': 'the client printed only a part of what the server sent',
};
