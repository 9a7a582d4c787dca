/** What a page that is a file tells beside its recording. Data only: it is written by Node, and read by the page. */

export type Mark = 'passed' | 'advice' | 'failed' | 'not-reached' | 'not-graded';

export interface ReportFact {
  /** As in `did`. */
  readonly label: string;
  readonly text: string;
  /** Its lines are as they are, such as bytes and output. Default: it is prose. */
  readonly isVerbatim?: true;
}

export interface ReportEntry {
  readonly mark: Mark;
  /** As in "T4 serves one client after the other". */
  readonly title: string;
  /** All that is to be said of it. */
  readonly facts?: readonly ReportFact[];
  /** The step that it is about: what happened at a host, at a time in nanoseconds. */
  readonly at?: { readonly host: string; readonly atNs: string };
}

export interface PageReport {
  readonly title: string;
  readonly entries: readonly ReportEntry[];
  /** What the times in its texts count from, and so those of the diagram beside it. Default: the first step. */
  readonly sinceNs?: string;
}
