import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SYSTEM_CALLS } from './system-calls.ts';

test('the calls are in the order in which the kernel numbers them', () => {
  const header = new URL('../in-probe/trace/bpf/calls.h', import.meta.url);
  const names = [...readFileSync(header, 'utf8').matchAll(/^CALL\((\w+),/gm)].map(
    ([, name]) => name,
  );
  expect(SYSTEM_CALLS.map(({ system }) => system)).toEqual(names);
});
