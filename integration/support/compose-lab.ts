/** A lab of `integration/labs/`, as Compose starts it. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { failAfter } from '../../lab/engine/all-done.ts';
import { Lab } from '../../lab/index.ts';
import { nameInRun } from './docker.ts';

const LABS = `${import.meta.dirname}/../labs`;

export interface ComposeLab extends AsyncDisposable {
  readonly lab: Lab;
  /** The name of the project, and so of the lab. */
  readonly project: string;
  /** Runs Compose for it: `compose('restart', 'b')`. */
  compose(...args: string[]): Promise<void>;
}

/** Starts the lab of a file; what of it runs when that fails is removed. */
export async function startComposeLab(file: string): Promise<ComposeLab> {
  const runId = inject('runId');
  const id = randomBytes(5).toString('hex');
  const project = nameInRun(runId, `lab-${id}`);
  const env = {
    ...process.env,
    LAB_IMAGES: nameInRun(runId, ''),
    IPV6_PREFIX: `fd${id.slice(0, 2)}:${id.slice(2, 6)}:${id.slice(6)}`,
  };
  const compose = async (...args: string[]) => {
    const all = ['compose', '--project-name', project, '--file', `${LABS}/${file}`, ...args];
    await promisify(execFile)('docker', all, { env });
  };
  const down = () => compose('down', '--volumes', '--timeout', '0');
  try {
    await compose('up', '--detach');
    return {
      lab: await Lab.attach({ project }),
      project,
      compose,
      [Symbol.asyncDispose]: down,
    };
  } catch (error) {
    return failAfter(error, down);
  }
}
