/** Before the first integration test: images are built, and somebody is there who cleans up at the end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';
import { buildImages } from './images.ts';
import { isOver, newRunId, sweep } from './sweep.ts';

declare module 'vitest' {
  interface ProvidedContext {
    runId: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep(isOver);
  const runId = newRunId();
  const endRun = startReaper(runId);
  try {
    await buildImages(runId);
  } catch (error) {
    await endRun();
    throw error;
  }
  project.provide('runId', runId);
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
