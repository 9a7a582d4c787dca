import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../engine/package-folder.ts';
import { probeFolders } from './probe-image.ts';

test('the package ships the folders that the probe image is built from', () => {
  const folders = probeFolders(packageFolder());
  const { files } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  expect(folders).toContain('lab/in-probe');
  expect(files).toEqual(expect.arrayContaining(folders));
});
