/** Programs are graded as hosts among hosts: wrong ones are told what is wrong first, and right ones pass. */
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { CheckResult } from '../checks/check.ts';
import { findingText } from '../checks/feedback/finding-text.ts';
import { reportText } from '../checks/feedback/report-text.ts';
import { grade } from '../checks/grade.ts';
import { buildProgram } from '../checks/program/build.ts';
import type { Role } from '../checks/roles/role.ts';
import { roles } from '../checks/roles/roles.ts';
import { findingDiagram } from '../cli/check/finding-diagram.ts';
import { plain } from '../cli/diagram/styles.ts';
import { baseImage } from '../lab/index.ts';
import { roles as names } from '../lab/model/host-state.ts';
import { commandLine } from './support/command-line.ts';
import { imageOf } from './support/images.ts';

const PROGRAMS = new URL('../checks/testing/', import.meta.url).pathname;

async function gradeProgram(file: string) {
  const role = roles[file.replace(/\/.*/, '')] as Role<unknown>;
  const build = () => buildProgram(`${PROGRAMS}${file}`);
  const { report } = await grade(role, { program: file, build, seed: 'golden' });
  return report;
}

/** Addresses and times differ each time, and with them where lines are broken. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/\n {10}(?=[^\s^])/g, ' ')
    .replaceAll(/\b[\d.]+ s\b/g, 'N s')
    .replaceAll(/\b(?:\d+\.){3}\d+(:|', )(?!50000)\d+\b/g, 'PEER')
    .replaceAll(/\b(?:\d+\.){3}\d+:50000\b/g, (where) =>
      /^(?:0|127)/.test(where) ? where : 'SERVER:50000',
    );
}

test.each([
  ['tcp-server/loopback.py', 'reachable', 'loopback-only'],
  ['tcp-server/newline.py', 'greeting', 'more-bytes'],
  ['tcp-server/one-client.py', 'second-client', 'program-ended'],
  ['tcp-server/ignores-sigterm.py', 'sigterm', 'ignores-sigterm'],
  ['udp-echo-server/other-socket.py', 'sender', 'other-sender'],
  ['udp-echo-server/connects.py', 'second-client', 'no-second-client'],
  ['udp-echo-server/strips.py', 'nul', 'other-echo'],
])('%s fails first at "%s", as %s', async (file, id, code) => {
  const report = await gradeProgram(file);
  expect(report.verdict).toBe('failed');
  const failed = report.results.find(({ verdict }) => verdict === 'failed');
  expect(failed).toMatchObject({ check: { id }, finding: { code } });
  const again = `./socketlab check ${report.role} ${file}`;
  const draw = (result: CheckResult) => findingDiagram(result, plain);
  expect(findingText(failed as CheckResult, { again, draw }).length).toBeLessThan(2000);
  const text = reportText(report, (result) => findingText(result, { again }));
  await expect(withoutChance(text)).toMatchFileSnapshot(
    `${PROGRAMS}${file.replace('.py', '.txt')}`,
  );
});

test('a server with a thread for each client passes', async () => {
  const { verdict, results } = await gradeProgram('tcp-server/right-threads.py');
  const others = results.filter((one) => one.verdict !== 'passed');
  // It has AF_INET written into it: IPv6 is a bonus.
  expect(others).toMatchObject([{ check: { id: 'ipv6' }, verdict: 'advice' }]);
  expect(verdict).toBe('passed');
});

test.each(names)('our own %s passes, by the command line, with exit code 0', async (role) => {
  const image = imageOf(inject('runId'), role);
  const end = await commandLine('none', 'check', role, '--image', image);
  expect(end.stdout).toMatch(new RegExp(`as ${role}: (\\d+) of \\1 checks passed`));
  expect(end).toMatchObject({ exitCode: 0, stderr: '' });
});

test('an image that is not there cannot be graded: exit code 2', async () => {
  const end = await commandLine('none', 'check', 'tcp-server', '--image', 'socketlab/none:none');
  expect(end.stdout).toContain('could not be graded');
  expect(end.exitCode).toBe(2);
});

test('a program that is not there is no program', async () => {
  await expect(buildProgram(`${PROGRAMS}tcp-server/absent.py`)).rejects.toThrow(TypeError);
});

test('a program that does not build has failed, with what the build has printed', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
  const dockerfile = `FROM ${baseImage()}\nRUN echo "main.c:1: no such thing" >&2 && false\n`;
  await writeFile(join(folder.path, 'Dockerfile'), dockerfile);
  const end = await commandLine('none', 'check', 'tcp-server', folder.path);
  expect(end.stdout).toMatch(/^FAILED {2}V5 {2}builds\n- {7}V5 {2}starts\n/);
  expect(end.stdout).toContain('main.c:1: no such thing');
  expect(end.exitCode).toBe(1);
});

test('a program whose command is not there has failed, at its start', async () => {
  const image = imageOf(inject('runId'), 'tcp-server');
  const built = { image, entrypoint: ['/absent'], async [Symbol.asyncDispose]() {} };
  const { report } = await grade(roles['tcp-server'] as Role<unknown>, {
    program: image,
    build: async () => built,
  });
  expect(report.verdict).toBe('failed');
  const failed = report.results.find((one) => one.verdict === 'failed');
  expect(failed).toMatchObject({ check: { id: 'starts' }, finding: { code: 'cannot-start' } });
  expect(failed?.output?.at(-1)).toContain('/absent: not found');
});
