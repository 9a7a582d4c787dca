/** What a check leaves for other programs, and for people who were not there. */
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { GradescopeResults } from '../checks/report/gradescope.ts';
import { readPcapng } from '../lab/capture/pcap/pcapng-read.ts';
import type { PageReport } from '../web/page/report.ts';
import { CommandLine, commandLine } from './support/command-line.ts';

const NEWLINE = new URL('../checks/testing/tcp-server/newline.py', import.meta.url).pathname;

test('a check prints points, and writes JUnit, Markdown, and a page with the recording and the packets', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-report-'));
  const at = (name: string) => join(folder.path, name);
  const files = ['--junit', at('junit.xml'), '--markdown', at('report.md'), '--report', at('all')];
  const printed = ['--format', 'gradescope'];
  const end = await commandLine('none', 'check', 'tcp-server', NEWLINE, ...files, ...printed);
  expect(end.exitCode).toBe(1);
  const { score, tests }: GradescopeResults = JSON.parse(end.stdout);
  expect(score).toBeLessThan(tests.length);
  expect(tests.map(({ output }) => output).join()).toContain('--only greeting');
  expect(await readFile(at('junit.xml'), 'utf8')).toMatch(/failures="1" errors="0" skipped="\d+"/);
  expect(await readFile(at('report.md'), 'utf8')).toContain('| ❌ | T1 |');
  expect((await readdir(at('all'))).sort()).toEqual(['lab.jsonl', 'lab.pcapng', 'report.html']);
  expect([...readPcapng(await readFile(at('all/lab.pcapng')))].length).toBeGreaterThan(8);
  const page = await readFile(at('all/report.html'), 'utf8');
  const embedded = (id: string) => {
    const [, base64 = ''] = new RegExp(`id="${id}">([^<]*)<`).exec(page) ?? [];
    return gunzipSync(Buffer.from(base64, 'base64')).toString();
  };
  expect(embedded('recording')).toBe(await readFile(at('all/lab.jsonl'), 'utf8'));
  const { entries }: PageReport = JSON.parse(embedded('report'));
  const failed = entries.find(({ mark }) => mark === 'failed');
  expect(failed?.facts?.at(-1)?.text).toContain('--only greeting');
  expect(embedded('recording')).toContain(failed?.at?.atNs);
});

test.each([
  ['check', '--junit /none/x.xml', 'Cannot write "/none/x.xml": there is no folder "/none"'],
  [
    '--project x check',
    '--report /proc/x',
    'Cannot write "/proc/x": nothing can be created in "/proc"',
  ],
])(
  'a report that cannot be written is told before anything is started: %s … %s',
  async (verb, option, message) => {
    const args = [...verb.split(' '), 'tcp-server', NEWLINE, ...option.split(' ')];
    const end = await new CommandLine('none', args, { DOCKER_HOST: 'unix:///none' }).ended;
    expect(end).toMatchObject({ stderr: `socketlab: ${message}\n`, exitCode: 2 });
  },
);

test('what keeps a program from being graded is an annotation in GitHub Actions', async () => {
  const args = ['check', 'tcp-server', '/nowhere'];
  const { ended } = new CommandLine('none', args, { GITHUB_ACTIONS: 'true' });
  const warning = '::warning title=check could not grade::Cannot check /nowhere';
  expect(await ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(warning) });
});
