import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../engine/package-folder.ts';
import { buildFailure, probeFolders } from './probe-image.ts';

test('the package ships the folders that the probe image is built from', () => {
  const folders = probeFolders(packageFolder());
  const { files } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  expect(folders).toContain('lab/in-probe');
  expect(files).toEqual(expect.arrayContaining(folders));
});

test('a build that fails names the base image, and the variable that may name another', () => {
  expect(buildFailure('not found', undefined)).toMatch(
    /^Cannot build the probe image from the base image "[^"]+"; if yours has another name, set NODE_IMAGE to it: not found$/,
  );
  expect(buildFailure('not found', 'node:my-own')).toBe(
    'Cannot build the probe image from the base image "node:my-own", which NODE_IMAGE names: not found',
  );
});
