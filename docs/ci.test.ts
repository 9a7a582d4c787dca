/** The examples for CI call what there is: they are copied into other repositories, where nothing tests them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkVerb } from '../cli/check.ts';

const FOLDER = join(import.meta.dirname, 'examples/ci');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const github = parse(read('github.yml')).jobs.grade;
const gitlab = parse(read('gitlab.yml')).grade;

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

const runs = github.steps.flatMap(({ run }: Step) => run ?? []);
const scripts = [
  ['the workflow for GitHub', runs.join('\n')],
  ['the job for GitLab', gitlab.script.join('\n')],
  ...['setup.sh', 'run_autograder', 'grade.sh'].map((name) => [name, read(`gradescope/${name}`)]),
];

test.each(scripts)('%s is correct Bash', (_name, script = '') => {
  expect(script).not.toBe('');
  execFileSync('bash', ['-n'], { input: script, stdio: 'pipe' });
});

const callers = ['github.yml', 'gitlab.yml', 'classroom50/autograder.py', 'gradescope/grade.sh'];
const known = checkVerb().options.flatMap(({ long }) => long ?? []);

test.each(callers)('each option with which %s calls check exists', (name) => {
  const [call = ''] = /socketlab"?,? "?check\b.*?(?=\n\n|$)/s.exec(read(name)) ?? [];
  const options = call.match(/--[a-z0-9-]+/g) ?? [];
  expect(options).not.toEqual([]);
  expect(known).toEqual(expect.arrayContaining(options));
});

test('actions are pinned to a commit, beside which stands its version', () => {
  const lines = read('github.yml').match(/uses:.*/g) ?? [];
  expect(lines.length).toBe(3);
  for (const line of lines)
    expect(line).toMatch(/^uses: \w+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('on GitLab a program that could not be graded has not failed, and JUnit is where it is looked for', () => {
  expect([gitlab.allow_failure.exit_codes, gitlab.retry.exit_codes]).toEqual([2, 2]);
  expect(gitlab.script.at(-1)).toContain(`--junit ${gitlab.artifacts.reports.junit} `);
});
