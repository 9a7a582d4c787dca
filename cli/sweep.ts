import { Command } from 'commander';
import { Lab, LabError, sweep } from '../lab/index.ts';

/** `./socketlab sweep`: removes what a crash left. */
export function sweepVerb(): Command {
  return new Command('sweep')
    .description('remove the probes, faults and labs that a crash has left')
    .action(async () => {
      const removed = await sweep(await labThatIsUp());
      console.log(removed.length === 0 ? 'nothing was left' : `removed ${removed.join(', ')}`);
    });
}

async function labThatIsUp(): Promise<Lab | undefined> {
  try {
    return await Lab.attach();
  } catch (error) {
    if (error instanceof LabError && error.code === 'NO_LAB') return undefined;
    throw error;
  }
}
