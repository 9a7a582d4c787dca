import type { Cell } from '../../checks/matrix/matrix.ts';

/** The cells of a protocol: servers from top to bottom, clients from left to right. */
export interface MatrixTable {
  readonly protocol: Cell['protocol'];
  readonly clients: readonly string[];
  readonly rows: readonly MatrixRow[];
}

interface MatrixRow {
  readonly server: string;
  /** One for each client; none where the two were not played. */
  readonly cells: readonly (Cell | undefined)[];
}

/** A table a protocol. */
export function tablesOf(cells: readonly Cell[]): MatrixTable[] {
  return [...Map.groupBy(cells, ({ protocol }) => protocol)].map(([protocol, own]) => {
    const clients = [...new Set(own.map(({ client }) => client))];
    const rows = [...Map.groupBy(own, ({ server }) => server)].map(([server, row]) => ({
      server,
      cells: clients.map((client) => row.find((one) => one.client === client)),
    }));
    return { protocol, clients, rows };
  });
}

/** `12 of 16 pairs understand each other`. */
export function sumText(cells: readonly Cell[]): string {
  const passed = cells.filter(({ verdict }) => verdict === 'passed').length;
  return `${passed} of ${cells.length} pairs understand each other`;
}
