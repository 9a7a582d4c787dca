/**
 * The page as a file of its own: it shows what is in it, and asks nobody for anything.
 *
 *   recording, report, packets ──▶ app ◀──events at their pace── player
 */
import { readRecording } from '../../lab/model/recording.ts';
import { embedded } from './embedded.ts';
import { StepClock } from './layout/step-clock.ts';
import { Player } from './player.ts';
import type { PageReport } from './report.ts';
import { showReport } from './show-report.ts';
import { startApp } from './start.ts';

const app = startApp();
const recording = (await embedded('recording')) ?? new Uint8Array();
const packets = await embedded('packets');
const reportJson = await embedded('report');
const report: PageReport | undefined =
  reportJson && JSON.parse(new TextDecoder().decode(reportJson));

const events = await Array.fromAsync(readRecording([recording]));
app.change({
  report,
  clock: new StepClock(report?.sinceNs),
  files: { recording: addressOf(recording), ...(packets && { packets: addressOf(packets) }) },
  player: new Player(events, {
    begin: () => app.restart(),
    add: (some) => app.add(some),
    end: () => app.end(undefined),
  }),
});
app.greet({ canAct: false });
app.add(events);
app.end(undefined);
showReport(app);

function addressOf(bytes: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
}
