import { afterEach, expect, test, vi } from 'vitest';
import type { CheckResult } from '../../checks/check.ts';
import { notGraded, reportOf, result } from '../../checks/report/testing/reports.ts';
import { type Format, printerOf } from './print-report.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const textOf = () => (one: CheckResult) => `found ${one.finding?.found}`;

/** What is printed of a report, on each output. */
async function printed(format: Format, report = reportOf(result('failed', 'RST'))) {
  const stdout = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const stderr = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await printerOf(format)(report, textOf);
  return { stdout: stdout.mock.calls.join('\n'), stderr: stderr.mock.calls.join('\n') };
}

test.each(['gradescope', 'classroom50'] as const)(
  'a grading system gets nothing to read from %s where nothing could be graded',
  async (format) => {
    for (const name of ['CLASSROOM', 'ASSIGNMENT', 'ASSIGNMENT_TYPE', 'OWNER', 'SUBMISSION_TAG'])
      vi.stubEnv(name, 'x');
    for (const name of ['COMMIT_URL', 'RELEASE_URL', 'REVIEW_URL']) vi.stubEnv(name, 'x');
    const { stdout, stderr } = await printed(format, notGraded);
    expect(stdout).toBe('');
    expect(stderr).toContain('could not be graded as tcp-server: the machine is too busy');
  },
);

test('on GitHub what was found becomes an annotation, and nothing in the text is a command', async () => {
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  const lines = (await printed('text')).stdout.split('\n');
  const [first = '', ...rest] = lines;
  const [, token] = /^::stop-commands::(.+)$/.exec(first) ?? [];
  expect(rest.indexOf(`::${token}::`)).toBeGreaterThan(rest.indexOf('found RST'));
  expect(rest.at(-1)).toBe('::error title=T1 is failed::found RST');
});

test('elsewhere the text is all', async () => {
  vi.stubEnv('GITHUB_ACTIONS', undefined);
  expect((await printed('text')).stdout).not.toContain('::');
});
