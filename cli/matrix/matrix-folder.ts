/** What a matrix leaves in a folder: `index.html`, a table, whose failed cells lead to pages that play what happened. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from '../../checks/matrix/matrix.ts';
import type { LabEvent } from '../../lab/index.ts';
import { oneFile } from '../../web/one-file.ts';
import { cannotWrite, makeFolder, requireWritable } from '../file.ts';
import { matrixPage } from './matrix-page.ts';
import { reason } from './matrix-text.ts';

const TABLE = 'index.html';

export class MatrixFolder {
  readonly #path: string;
  /** By cell, the names of their pages. */
  readonly #pages = new Map<Cell, string>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** The folder is made where it is not there. @throws when it cannot be, or cannot be written into. */
  static async open(path: string): Promise<MatrixFolder> {
    await makeFolder(path);
    await requireWritable(join(path, TABLE));
    return new MatrixFolder(path);
  }

  /** Writes a page of a cell that has failed. */
  async cell(cell: Cell, events: readonly LabEvent[]): Promise<void> {
    if (cell.verdict !== 'failed') return;
    const title = reason(cell);
    const { did } = cell.finding ?? {};
    const facts = did === undefined ? [] : [{ label: 'did', text: did }];
    const entry = { mark: 'failed', title, facts } as const;
    const lines = events.map((event) => JSON.stringify(event));
    const names = [cell.protocol, cell.server, cell.client].map((name) =>
      name.replaceAll(/[^\w-]+/g, '_'),
    );
    const page = `${names.join('.')}.${this.#pages.size}.html`;
    this.#pages.set(cell, page);
    await this.#write(page, await oneFile(lines, { title, report: { title, entries: [entry] } }));
  }

  /** Writes the table. */
  async finish(cells: readonly Cell[]): Promise<void> {
    await this.#write(TABLE, matrixPage(cells, this.#pages));
  }

  async #write(name: string, content: string): Promise<void> {
    const file = join(this.#path, name);
    await writeFile(file, content).catch((error) => {
      throw cannotWrite(file, error);
    });
  }
}
