import { expect, test } from 'vitest';
import { lastLines } from './last-lines.ts';

test('of many lines the last are shown, and it is said that there were more', () => {
  expect(lastLines(['a', 'b', 'c'], 2)).toEqual({ output: ['b', 'c'], hasEarlierOutput: true });
});

test('where all lines are shown, nothing is said', () => {
  expect(lastLines(['a', 'b'], 2)).toEqual({ output: ['a', 'b'] });
});

test('the error of Node.js is among the last lines, as its own calls are left out', () => {
  const lines = [
    'ReferenceError: HOST is not defined',
    '    at file:///program/main.js:10:21',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:569:25)',
    '    at async node:internal/modules/esm/loader:650:26',
    '    at async asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:105:5)',
    '',
    'Node.js v26.10.0',
  ];
  const [error, at] = lines;
  expect(lastLines(lines, 3)).toEqual({ output: [error, at, 'Node.js v26.10.0'] });
});
