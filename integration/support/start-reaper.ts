import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @returns what ends the run: it resolves when nothing of it is left. */
export function startReaper(runId: string): () => Promise<void> {
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
