/** What a machine in the cloud runs when it is created and when it starts, long before a person looks at it. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const scripts = ['cloud/set-up', 'cloud/motd', '.devcontainer/start'];

test.each(scripts)('%s is a program without errors of syntax', (script) => {
  accessSync(join(ROOT, script), constants.X_OK);
  const [, interpreter = ''] = /^#!.*?(\w+)\n/.exec(read(script)) ?? [];
  const { status, stderr } = spawnSync(interpreter, ['-n', join(ROOT, script)]);
  expect(stderr.toString()).toBe('');
  expect(status).toBe(0);
});

test.each(['cloud-init.yaml', 'socketlab.service', 'socketlab-page.service'])(
  'what %s runs is there',
  (file) => {
    const programs = [
      ...read(`cloud/${file}`).matchAll(/(?:Exec\w+=|- \[)\/opt\/socketlab\/([\w/-]+)/g),
    ];
    expect(programs.length).toBeGreaterThan(0);
    for (const [, program = ''] of programs) accessSync(join(ROOT, program), constants.X_OK);
  },
);

test('what a dev container runs is there', () => {
  const text = read('.devcontainer/devcontainer.json').replaceAll(/^\s*\/\/.*$/gm, '');
  const { onCreateCommand, postStartCommand } = JSON.parse(text);
  for (const command of [onCreateCommand, postStartCommand])
    accessSync(join(ROOT, command.split(' ')[0]), constants.X_OK);
});
