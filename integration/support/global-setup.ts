/** Before the first integration test: images are built, and somebody is there who cleans up at the end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import type { TestProject } from 'vitest/node';
import { nameInRun } from './docker.ts';
import { isOver, newRunId, sweep } from './sweep.ts';

declare module 'vitest' {
  interface ProvidedContext {
    runId: string;
    pythonImage: string;
  }
}

const ROOT = new URL('../..', import.meta.url).pathname;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (existsSync(`${ROOT}.env`)) loadEnvFile(`${ROOT}.env`);
  await sweep(isOver);
  const runId = newRunId();
  const endRun = startReaper(runId);
  const pythonImage = nameInRun(runId, 'python');
  try {
    await run('docker', ['compose', '--progress', 'quiet', 'build']);
    await run('docker', [
      'build',
      '--quiet',
      ...nodeImage(),
      '-t',
      pythonImage,
      'integration/python',
    ]);
  } catch (error) {
    await endRun();
    throw error;
  }
  project.provide('runId', runId);
  project.provide('pythonImage', pythonImage);
  return endRun;
}

/** @returns what ends the run: it resolves when nothing of it is left. */
function startReaper(runId: string): () => Promise<void> {
  const reaper = spawn(process.execPath, [`${import.meta.dirname}/reaper.ts`, runId], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const exited = once(reaper, 'exit');
  return async () => {
    reaper.stdin.end();
    await exited;
  };
}

function nodeImage(): string[] {
  const image = process.env['NODE_IMAGE'];
  return image === undefined ? [] : ['--build-arg', `NODE_IMAGE=${image}`];
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with exit code ${code}`);
}
