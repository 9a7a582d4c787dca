import type { Step } from '../../lab/timeline/step.ts';
import type { App } from './app.ts';
import type { ReportEntry } from './report.ts';

/** Shows what the report is about first of all, and the report beside it. */
export function showReport(app: App): void {
  if (app.report === undefined) return;
  const failed = app.report.entries.find(({ mark }) => mark === 'failed');
  const step = failed && stepOfEntry(app, failed);
  if (step) app.show(step.id);
  app.change({ tab: 'report', isSheetOpen: true });
}

/** The step that an entry of the report is about. */
export function stepOfEntry({ allSteps }: App, { at }: ReportEntry): Step | undefined {
  return at && allSteps.find(({ host, atNs }) => host === at.host && atNs === at.atNs);
}
