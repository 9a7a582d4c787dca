/** Programs are graded as hosts among hosts, by the command line and by `grade`. */
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { CheckResult } from '../checks/check.ts';
import { grade } from '../checks/grade.ts';
import { buildProgram } from '../checks/program/build.ts';
import type { Role } from '../checks/roles/role.ts';
import { roles } from '../checks/roles/roles.ts';
import { baseImage } from '../lab/index.ts';
import { roles as names } from '../lab/model/host-state.ts';
import { commandLine } from './support/command-line.ts';
import { imageOf } from './support/images.ts';

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
  await expect(buildProgram('tcp-server/absent.py')).rejects.toThrow(TypeError);
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

test('a program whose build does not end has failed, and is told what did not', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
  const dockerfile = `FROM ${baseImage()}\nRUN echo "Serving on port 50000 …" && sleep infinity\n`;
  await writeFile(join(folder.path, 'Dockerfile'), dockerfile);
  const gradeWithin = (timeoutMs: number) =>
    grade(roles['tcp-server'] as Role<unknown>, {
      program: folder.path,
      build: () => buildProgram(folder.path, { timeoutMs }),
    });
  let failed: CheckResult | undefined;
  // In too short a time it may not even have begun.
  for (let timeoutMs = 1000; !failed?.output?.length; timeoutMs *= 2)
    [failed] = (await gradeWithin(timeoutMs)).report.results;
  expect(failed).toMatchObject({ verdict: 'failed', finding: { code: 'build-does-not-end' } });
  expect(failed?.finding?.found).toContain('still running: [2/2] RUN echo "Serving');
  expect(failed?.output).toEqual(['Serving on port 50000 …']);
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
