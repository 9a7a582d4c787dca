/** What is asked of every program, whatever its role is, before it is asked anything else. */
import type { CheckText, Finding } from '../check.ts';
import type { Scope } from './scope.ts';

export const builds: CheckText = {
  id: 'builds',
  statement: 'V5',
  layer: 'builds',
  title: 'builds',
  why: 'What cannot be built cannot be tried.',
  hints: { 'does-not-build': 'a typo, or a package that is needed and missing.' },
};

export const starts: CheckText = {
  id: 'starts',
  statement: 'V5',
  layer: 'starts',
  title: 'starts',
  why: 'Nothing can be said of a program that never runs.',
  hints: {
    'cannot-start':
      'the command in the Dockerfile is misspelt, not in the image, or not executable.',
  },
};

/** How long a command that is not there or may not be run takes to fail, at most; in milliseconds. */
const EXEC_MS = 300;
/** Of a command that may not be run, and of one that is not there (POSIX.1-2024, XCU 2.8.2). */
const EXEC_FAILED: readonly number[] = [126, 127];

/** Whether the command of the program could be run at all; what it does then is for other checks. */
export async function startFinding(scope: Scope<unknown>): Promise<Finding | undefined> {
  await scope.fixture;
  const { host } = scope.instances[0] ?? (await scope.start({ mayEnd: true }));
  await host.ended({ timeoutMs: EXEC_MS });
  if (host.isUp || !EXEC_FAILED.includes(host.exitCode)) return undefined;
  const found = `its command could not be run: exit code ${host.exitCode}`;
  return { code: 'cannot-start', did: 'started the program', found };
}
