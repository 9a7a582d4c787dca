/** What the grading of a class leaves in a folder: `index.html`, a page for each program, and what it goes on from. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult, Report } from '../../checks/check.ts';
import type { Graded } from '../../checks/grade.ts';
import { oneFile } from '../../web/one-file.ts';
import { pageReport } from '../check/page-report.ts';
import { cannotWrite, makeFolder, requireWritable } from '../file.ts';
import { classPage } from './class-page.ts';
import { KeptResults } from './kept-results.ts';

const names = { table: 'index.html', kept: 'graded.jsonl', programs: 'programs' } as const;

export class ClassFolder {
  readonly #path: string;
  readonly kept: KeptResults;

  private constructor(path: string, kept: KeptResults) {
    this.#path = path;
    this.kept = kept;
  }

  /**
   * The folder is made where it is not there.
   *
   * @param isAnew what was kept in it is forgotten
   * @throws when it cannot be made, or cannot be written into.
   */
  static async open(path: string, isAnew: boolean): Promise<ClassFolder> {
    await makeFolder(join(path, names.programs));
    for (const name of [names.table, names.kept]) await requireWritable(join(path, name));
    return new ClassFolder(path, await KeptResults.open(join(path, names.kept), isAnew));
  }

  /** Writes the page of a program. @param again the command that repeats a check */
  async writeProgram(
    { report, events }: Graded,
    again: (result: CheckResult) => string,
  ): Promise<void> {
    const lines = events.map((event) => JSON.stringify(event));
    const page = pageReport(report, again);
    const name = join(names.programs, fileNameOf(report.program));
    await this.#write(name, await oneFile(lines, { title: page.title, report: page }));
  }

  /** Writes the page of the class. */
  async writeTable(reports: readonly Report[]): Promise<void> {
    const pageOf = (program: string) =>
      `${names.programs}/${encodeURIComponent(fileNameOf(program))}`;
    await this.#write(names.table, classPage(reports, pageOf));
  }

  async #write(name: string, content: string): Promise<void> {
    const file = join(this.#path, name);
    await writeFile(file, content).catch((error) => {
      throw cannotWrite(file, error);
    });
  }
}

/** A file name that is allowed everywhere; two programs have two. */
function fileNameOf(program: string): string {
  const allowed = program.replaceAll(/[^\w.-]+/g, '_');
  if (allowed === program) return `${program}.html`;
  const digest = createHash('sha256').update(program).digest('hex');
  return `${allowed}-${digest.slice(0, 8)}.html`;
}
