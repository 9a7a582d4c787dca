/** Programs are graded as hosts among hosts: wrong ones are told what is wrong first, and right ones pass. */
import { expect, inject, test } from 'vitest';
import { reportText } from '../checks/feedback/report-text.ts';
import { grade } from '../checks/grade.ts';
import { buildProgram } from '../checks/program/build.ts';
import { tcpServer } from '../checks/roles/tcp-server.ts';
import { commandLine } from './support/command-line.ts';
import { imageOf } from './support/images.ts';

const PROGRAMS = new URL('../checks/testing/tcp-server/', import.meta.url).pathname;

async function gradeProgram(file: string) {
  await using built = await buildProgram(`${PROGRAMS}${file}`);
  const { image, entrypoint } = built;
  const program = { image, program: file, ...(entrypoint && { entrypoint }) };
  return await grade(tcpServer, { ...program, seed: 'golden' });
}

/** They differ each time, but for the port that is given. */
function withoutAddresses(text: string): string {
  return text
    .replaceAll(/at most [\d.]+ s/g, 'at most N s')
    .replaceAll(/\b(?:\d+\.){3}\d+(:|', )(?!50000)\d+\b/g, 'PEER');
}

test.each([
  ['loopback.py', 'reachable', 'loopback-only'],
  ['newline.py', 'greeting', 'more-bytes'],
  ['one-client.py', 'second-client', 'no-second-client'],
  ['ignores-sigterm.py', 'sigterm', 'ignores-sigterm'],
])('%s fails first at "%s", as %s', async (file, id, code) => {
  const report = await gradeProgram(file);
  expect(report.verdict).toBe('failed');
  const failed = report.results.find(({ verdict }) => verdict === 'failed');
  expect(failed).toMatchObject({ check: { id }, finding: { code } });
  const text = reportText(report, `./socketlab check tcp-server ${file}`);
  expect(text.length).toBeLessThan(2000);
  await expect(withoutAddresses(text)).toMatchFileSnapshot(
    `${PROGRAMS}${file.replace('.py', '.txt')}`,
  );
});

test('a server with a thread for each client passes', async () => {
  const { verdict, results } = await gradeProgram('right-threads.py');
  expect(results.filter((one) => one.verdict !== 'passed')).toEqual([]);
  expect(verdict).toBe('passed');
});

test('our own server passes, by the command line, with exit code 0', async () => {
  const end = await commandLine(
    'none',
    'check',
    'tcp-server',
    '--image',
    imageOf(inject('runId'), 'tcp-server'),
  );
  expect(end.stdout).toMatch(/as tcp-server: 9 of 9 checks passed \(seed \w+\)\n$/);
  expect(end).toMatchObject({ exitCode: 0, stderr: '' });
});

test('an image that is not there cannot be graded: exit code 2', async () => {
  const end = await commandLine('none', 'check', 'tcp-server', '--image', 'socketlab/none:none');
  expect(end.stdout).toContain('could not be graded');
  expect(end.exitCode).toBe(2);
});

test('a program that is not there is no program', async () => {
  await expect(buildProgram(`${PROGRAMS}absent.py`)).rejects.toThrow(TypeError);
});
