/** A process of its own, for what it asks the engine: `node try-everything.ts LAB HOST`. Prints the code of each error, one a line. */
import { Lab } from '../../lab/index.ts';
import { toReach } from '../../lab/matchers/to-reach.ts';
import { runInProbe } from '../../lab/probes/probe.ts';

const [project = '', name = ''] = process.argv.slice(2);
const lab = await Lab.attach({ project });
const [host, a] = await Promise.all([lab.find(name), lab.find('a')]);
const tasks: readonly (() => Promise<unknown>)[] = [
  () => lab.capture([name]),
  () => lab.trace([name]),
  () => lab.watch({ hosts: [name] }),
  () => lab.impair({ kind: 'partition', from: 'a', to: name }),
  () => lab.hold({ from: name, to: 'a' }),
  () => lab.resetConnections(name),
  () => toReach(host, a, { port: 7 }),
  () => runInProbe(host, { verb: 'look at', command: ['true'], capabilities: [] }),
];
for (const task of tasks) {
  const code = await task().then(
    () => 'none',
    ({ code }: { readonly code?: string }) => code,
  );
  console.log(code);
}
