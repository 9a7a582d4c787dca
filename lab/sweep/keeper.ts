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
/** What is left after that is for `sweep`. */
const LOOKS_MAX = 60;

const [owner = ''] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdin.resume();
await once(process.stdin, 'close');

for (let quiet = 0, looks = 0; quiet < QUIET_LOOKS && looks < LOOKS_MAX; looks += 1) {
  if (looks > 0) await sleep(LOOK_AGAIN_MS);
  const labs = await labsOf(owner);
  quiet = labs.length === 0 ? quiet + 1 : 0;
  // A host that the engine was just starting keeps its network from being removed, until the next look.
  await allDone(labs.map(removeLab)).catch(() => undefined);
}

async function labsOf(process: string): Promise<string[]> {
  const filters = { label: [`${OWNER}=${process}`] };
  const networks = await ask('list labs', (engine) => engine.listNetworks({ filters }));
  return networks.map(({ Name }) => Name);
}
