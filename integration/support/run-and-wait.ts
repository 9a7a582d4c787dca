/**
 * A test run with one host, and an image that only it has, which prints both names and waits to be killed:
 * `node run-and-wait.ts IMAGE`.
 */
import { Lab } from '../../lab/index.ts';
import { docker, nameInRun } from './docker.ts';
import { startReaper } from './start-reaper.ts';
import { newRunId } from './sweep.ts';

const [image = ''] = process.argv.slice(2);
const runId = newRunId();
startReaper(runId);
const own = nameInRun(runId, 'only');
await docker.getImage(image).tag({ repo: own, tag: 'latest' });
const lab = await Lab.start();
await lab.startHost('server', { image: own, entrypoint: ['sleep', 'infinity'] });
console.log(JSON.stringify({ lab: lab.name, image: own }));
setInterval(() => undefined, 1e9);
