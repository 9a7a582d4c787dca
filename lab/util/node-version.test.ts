import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { nodeTrouble } from './node-version.ts';

test('an older Node is told which one is needed', () => {
  expect(nodeTrouble('20.20.2')).toBe('socketlab needs Node 24 or later, but this is Node 20.20.2');
});

test('the versions that the package asks npm for are those that it runs with', () => {
  expect(manifest.engines.node).toBe('>=24');
  expect(nodeTrouble('23.11.1')).toBeDefined();
  expect(['24.0.0', '26.10.0', '100.0.0'].map(nodeTrouble)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
