/** `npm run soak` for some seconds: what it asserts holds for whatever happens, and a failure names its seed and its recording. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { checkRecording } from './soak/check.ts';
import { soak } from './soak/soak.ts';
import { imageOf } from './support/images.ts';

const FOLDER = new URL('../test-results/', import.meta.url).pathname;
/** The hosts' start is not part of it. */
const SECONDS = 10;

test('a timeline of hosts under random faults contains no contradiction', async () => {
  const seed = randomBytes(4).toString('hex');
  const recording = `${FOLDER}soak-${seed}.jsonl`;
  mkdirSync(FOLDER, { recursive: true });
  const image = imageOf(inject('runId'), 'python');
  const { events } = await soak({ hosts: 4, seconds: SECONDS, seed, image, recording });
  const { broken } = await checkRecording(recording);
  expect(broken, `seed ${seed}, ${recording}`).toEqual([]);
  expect(events).toBeGreaterThan(100);
  rmSync(recording);
});
