import { expect, test } from 'vitest';
import { LabError } from '../model/lab-error.ts';
import { observerRefused } from './observer-refused.ts';

test('where an engine refuses an observer, one line tells what is not to be had, and what it needs', () => {
  const why = 'Cannot create an observer: authorization denied by plugin "policy": pid: host';
  expect(observerRefused(new LabError('ENGINE_FAILED', why))).toMatchObject({
    code: 'ENGINE_FAILED',
    message: `${why}. Hosts run without it, and faults work, but nothing is captured, traced or graded: it needs an engine that allows a container the processes of its machine (pid: host), SYS_ADMIN, and no AppArmor profile`,
  });
});

test('an engine that is not there refuses nothing', () => {
  const gone = new LabError(
    'NO_ENGINE',
    'Cannot create an observer: the Docker engine does not answer',
  );
  expect(observerRefused(gone)).toBe(gone);
});
