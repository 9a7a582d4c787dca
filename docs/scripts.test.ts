/** The scripts of package.json that take options, as a stranger tries them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const { scripts } = packageJson;

test.each(['bench', 'soak', 'trials'] as const)(
  'npm run %s -- --help prints a usage',
  async (name) => {
    const [, ...path] = scripts[name].split(' ');
    const { stdout } = await promisify(execFile)(process.execPath, [...path, '--help']);
    expect(stdout).toMatch(`Usage: npm run ${name} -- [options]`);
  },
);
