/**
 * Cleans up after a test run, however the run ends: `node reaper.ts RUN_ID`, with a pipe to the run as standard input.
 * The kernel closes the pipe when the run's process ends, also when that was killed.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { sweep } from './sweep.ts';

/** How often it looks again: a `docker compose up` that outlived the run may still be starting containers. */
const QUIET_LOOKS = 2;
const LOOK_AGAIN_MS = 500;

const [runId = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdin.resume();
await once(process.stdin, 'close');

for (let quiet = 0; quiet < QUIET_LOOKS; ) {
  quiet = (await sweep((run) => run === runId)) === 0 ? quiet + 1 : 0;
  if (quiet < QUIET_LOOKS) await sleep(LOOK_AGAIN_MS);
}
