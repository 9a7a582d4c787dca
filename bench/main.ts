/** Measures one thing after another, each in a process of its own: `npm run bench [NAME…]`; see benches.ts. */
import { spawnSync } from 'node:child_process';
import { Argument, Command } from 'commander';
import { benches, commandOf } from './benches.ts';

const names = benches.map(({ name }) => name);
const { args: wanted } = new Command('npm run bench --')
  .description('Measures one thing after another, each in a process of its own.')
  .addArgument(new Argument('[name...]', 'default: all').choices(names))
  .parse();
// On Ctrl-C the measurement that runs cleans up after itself, and says so.
process.on('SIGINT', () => undefined);
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  console.log(`\n${bench.name}${bench.needs ? ` (needs ${bench.needs})` : ''}`);
  const [command = '', ...args] = commandOf(bench, bench.whole);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 130) process.exit(status);
  if (status !== 0) process.exitCode = 1;
}
