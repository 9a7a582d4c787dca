/**
 * Starts a lab with a host of the image IMAGE, cuts the host off, listens to it, prints the lab's name, and waits to be killed:
 * `node break-and-wait.ts IMAGE`.
 */
import { Lab } from '../../lab/index.ts';

const [image = ''] = process.argv.slice(2);
const lab = await Lab.start();
await Promise.all([
  lab.startHost('server', { image, ready: 'running' }),
  lab.startHost('other', { image, ready: 'running' }),
]);
await lab.impair({ kind: 'partition', from: 'other', to: 'server' });
await lab.capture();
console.log(lab.name);
setInterval(() => undefined, 1e9);
