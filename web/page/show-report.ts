import type { Step } from '../../lab/timeline/step.ts';
import type { App } from './app.ts';
import type { ReportEntry } from './report.ts';

/** Shows what the report is about first of all, and the report beside it. */
export function showReport(app: App): void {
  if (app.report === undefined) return;
  app.change({ tab: 'report', isSheetOpen: true });
  const failed = app.report.entries.find(({ mark }) => mark === 'failed');
  const step = failed && stepOfEntry(app, failed);
  if (step) app.point(step.id);
}

/** Where something went wrong, by the ids of steps: the ids of the checks, as in "T4, T7". */
export function wrongSteps(app: App): ReadonlyMap<number, string> {
  const wrong = new Map<number, string>();
  for (const entry of app.report?.entries ?? []) {
    const step = stepOfEntry(app, entry);
    if (step === undefined || (entry.mark !== 'failed' && entry.mark !== 'advice')) continue;
    const [check = ''] = entry.title.split(' ');
    wrong.set(step.id, [wrong.get(step.id), check].filter(Boolean).join(', '));
  }
  return wrong;
}

/** The step that an entry of the report is about. */
export function stepOfEntry({ allSteps }: App, { at }: ReportEntry): Step | undefined {
  return at && allSteps.find(({ host, atNs }) => host === at.host && atNs === at.atNs);
}
