import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { thisProcess } from '../lab/engine/owner.ts';

test('the set-up names itself as an owner just as a lab does', () => {
  const script = `. ${join(import.meta.dirname, 'owner.sh')}; owner; exec ${process.execPath} -p '
    import("${join(import.meta.dirname, '../lab/engine/owner.ts')}").then((it) => console.log(it.thisProcess)), ""'`;
  const lines = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(/\n+/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe(lines[1]);
  expect(lines[0]?.split(':').slice(0, 2)).toEqual(thisProcess.split(':').slice(0, 2));
});
