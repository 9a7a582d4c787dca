/** What has been graded is kept as soon as it is there, in a file with a line for each, so that a run that was interrupted goes on. */
import { appendFile, readFile, rm } from 'node:fs/promises';
import type { Report } from '../../checks/check.ts';
import { fromJson, toJson } from '../../checks/report/json.ts';
import { cannotWrite } from '../file.ts';

interface Kept {
  /** The same for the same program, asked the same in the same way. */
  readonly key: string;
  readonly report: Report;
}

export class KeptResults {
  readonly #file: string;
  /** By the name of the program: of several the last. */
  readonly #kept: Map<string, Kept>;
  /** Of what was graded last. */
  readonly seed: string | undefined;

  private constructor(file: string, kept: readonly Kept[]) {
    this.#file = file;
    this.seed = kept.at(-1)?.report.seed;
    this.#kept = new Map(kept.map((one) => [one.report.program, one]));
  }

  /** What a file has kept. @param isAnew it is forgotten */
  static async open(file: string, isAnew: boolean): Promise<KeptResults> {
    if (isAnew) await rm(file, { force: true });
    const text = await readFile(file, 'utf8').catch(() => '');
    return new KeptResults(file, text.split('\n').flatMap(keptIn));
  }

  /** Nothing where the program, or what is asked of it, is another one than when it was graded. */
  find(program: string, key: string): Report | undefined {
    const kept = this.#kept.get(program);
    return kept?.key === key ? kept.report : undefined;
  }

  /** @throws when it cannot be written. */
  async keep(key: string, report: Report): Promise<void> {
    this.#kept.set(report.program, { key, report });
    // Begins a line, too, as the one before may have been cut short.
    await appendFile(this.#file, `\n${toJson({ key, report })}`).catch((error) => {
      throw cannotWrite(this.#file, error);
    });
  }
}

/** Nothing of a line whose writing was cut short: then it is graded again. */
function keptIn(line: string): Kept[] {
  try {
    return line === '' ? [] : [fromJson(line) as Kept];
  } catch {
    return [];
  }
}
