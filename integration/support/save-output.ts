import { mkdirSync, writeFileSync } from 'node:fs';
import { onTestFailed, TestRunner } from 'vitest';
import type { Log } from './log.ts';

const FOLDER = `${import.meta.dirname}/../../test-results/output`;

/** Keeps what a host has printed, in `test-results/output/`, when the test fails that is running now, if one is. */
export function saveOnFailure({ name, log }: { name: string; log: Log }): void {
  if (TestRunner.getCurrentTest() === undefined) return;
  onTestFailed(({ task }) => {
    const folder = `${FOLDER}/${task.name.replaceAll(/[^\w]+/g, '-')}`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}.log`, `${log.lines.join('\n')}\n`);
  });
}
