/** The files that a check leaves for other programs, and for people who were not there. */
import { appendFile, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CheckResult } from '../../checks/check.ts';
import type { Graded } from '../../checks/grade.ts';
import { junit, type TextOf } from '../../checks/report/junit.ts';
import { markdown } from '../../checks/report/markdown.ts';
import { cannotWrite, makeFolder, requireWritable } from '../file.ts';
import { pageReport } from './page-report.ts';

export interface ReportFiles {
  /** The path of a JUnit XML file. */
  readonly junit?: string;
  /** The path of a Markdown file. */
  readonly markdown?: string;
  /** A folder, which is made where it is not there. */
  readonly report?: string;
}

export interface Words {
  readonly textOf: TextOf;
  /** The command that repeats a check. */
  readonly again: (result: CheckResult) => string;
}

/** In the folder of a report. */
const names = { page: 'report.html', recording: 'lab.jsonl', packets: 'lab.pcapng' } as const;

/**
 * Makes sure, before anything is started, that all can be written in the end.
 *
 * @returns the real paths of what will be written
 * @throws when it cannot be
 */
export async function prepareReports({
  junit: junitFile,
  markdown: markdownFile,
  report: folder,
}: ReportFiles): Promise<ReadonlySet<string>> {
  if (folder !== undefined) await makeFolder(folder);
  const inFolder =
    folder === undefined ? [] : Object.values(names).map((name) => join(folder, name));
  const files = [junitFile, markdownFile, ...inFolder].filter((file) => file !== undefined);
  for (const file of files) await requireWritable(file);
  const paths = files.map(async (file) => join(await realpath(dirname(file)), basename(file)));
  return new Set(
    await Promise.all([...paths, ...(folder === undefined ? [] : [realpath(folder)])]),
  );
}

/** An existing file is replaced. @throws when one cannot be written. */
export async function writeReports(
  graded: Graded,
  { textOf, again }: Words,
  { junit: junitFile, markdown: markdownFile, report: folder }: ReportFiles,
): Promise<void> {
  if (junitFile) await write(junitFile, junit([{ report: graded.report, textOf }]));
  if (markdownFile) await writeMarkdown(markdownFile, markdown(graded.report, textOf));
  if (folder) await writeFolder(folder, graded, again);
}

/** The summary of a job on GitHub is what all of its steps have added to one file. */
async function writeMarkdown(file: string, text: string): Promise<void> {
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  const isSummary = summary !== undefined && resolve(summary) === resolve(file);
  await write(file, text, isSummary ? appendFile : writeFile);
}

async function writeFolder(folder: string, graded: Graded, again: Words['again']): Promise<void> {
  const [{ oneFile }, { captureOf, recordingOf }] = await Promise.all([
    import('../../web/one-file.ts'),
    import('../../web/recording.ts'),
  ]);
  const report = pageReport(graded.report, again);
  const lines = graded.events.map((event) => JSON.stringify(event));
  // Where it was removed while the program was graded.
  await makeFolder(folder);
  const page = await oneFile(lines, { title: report.title, report });
  await write(join(folder, names.page), page);
  await write(join(folder, names.recording), recordingOf(lines));
  await write(join(folder, names.packets), await captureOf(lines));
}

async function write(
  file: string,
  content: string | Uint8Array,
  how: typeof writeFile | typeof appendFile = writeFile,
): Promise<void> {
  try {
    await how(file, content);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}
