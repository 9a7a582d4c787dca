/** What is asked of every program, whatever its role is, before it is asked anything else. */

import { execFailure } from '../../lab/index.ts';
import type { CheckText, Finding } from '../check.ts';
import type { Scope } from './scope.ts';

export const builds: CheckText = {
  id: 'builds',
  statement: 'V5',
  layer: 'builds',
  title: 'builds',
  why: 'What cannot be built cannot be tried.',
  hints: {
    'does-not-build': 'a typo, or a package that is needed and missing.',
    'build-does-not-end':
      'a RUN in the Dockerfile starts the program itself, which belongs in CMD; or it fetches something very slowly, and then try again.',
  },
};

export const starts: CheckText = {
  id: 'starts',
  statement: 'V5',
  layer: 'starts',
  title: 'starts',
  why: 'Nothing can be said of a program that never runs.',
  hints: {
    'cannot-start':
      'the command in the Dockerfile is misspelt, not in the image, or not executable; or the first line of a script names a program that is not in the image.',
  },
};

/** How long a command that is not there or may not be run takes to fail, at most; in milliseconds. */
const EXEC_MS = 300;

/** Whether the command of the program could be run at all; what it does then is for other checks. */
export async function startFinding(scope: Scope<unknown>): Promise<Finding | undefined> {
  await scope.fixture;
  const instance = scope.instances[0] ?? (await scope.start({ mayEnd: true }));
  if (!(await instance.ended({ timeoutMs: EXEC_MS }))) return undefined;
  const why = execFailure(instance.output.stderr.toString());
  if (why === undefined) return undefined;
  const found = `its command could not be run: ${why}`;
  return { code: 'cannot-start', did: 'started the program', found };
}
