/**
 * Removes the labs of a process when that has ended: `node keeper.ts OWNER`, with a pipe to the process as standard input. The
 * kernel closes the pipe, however the process ends.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { allDone } from '../engine/all-done.ts';
import { ask } from '../engine/docker.ts';
import { OWNER } from '../engine/labels.ts';
import { removeLab } from '../engine/remove.ts';

/** The engine may still be carrying out a request of the process. */
const QUIET_LOOKS = 2;
const LOOK_AGAIN_MS = 500;

const [owner = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdin.resume();
await once(process.stdin, 'close');

for (let quiet = 0; quiet < QUIET_LOOKS; ) {
  const labs = await labsOf(owner);
  await allDone(labs.map(removeLab));
  quiet = labs.length === 0 ? quiet + 1 : 0;
  if (quiet < QUIET_LOOKS) await sleep(LOOK_AGAIN_MS);
}

async function labsOf(process: string): Promise<string[]> {
  const filters = { label: [`${OWNER}=${process}`] };
  const networks = await ask('list labs', (engine) => engine.listNetworks({ filters }));
  return networks.map(({ Name }) => Name);
}
