/** Before the first integration test: images are built, and somebody is there who cleans up at the end. */
import type { TestProject } from 'vitest/node';
import { variable } from '../../lab/engine/variable.ts';
import { Lab } from '../../lab/index.ts';
import { buildImages } from './images.ts';
import { startReaper } from './start-reaper.ts';
import { isOver, newRunId, sweep } from './sweep.ts';

declare module 'vitest' {
  interface ProvidedContext {
    runId: string;
    /** Why hosts have no IPv6 here; empty where they have. */
    lacksIpv6: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep(isOver);
  const runId = newRunId();
  const endRun = startReaper(runId);
  try {
    await buildImages(runId);
  } catch (error) {
    await endRun();
    throw error;
  }
  project.provide('runId', runId);
  const lacksIpv6 = await whyNoIpv6();
  if (lacksIpv6 !== '') console.log(`Tests of IPv6 are skipped: ${lacksIpv6}`);
  project.provide('lacksIpv6', lacksIpv6);
  return endRun;
}

async function whyNoIpv6(): Promise<string> {
  const chosen = variable('LAB_IPV6');
  if (chosen === 'off' || chosen === 'false') return `LAB_IPV6 is "${chosen}"`;
  try {
    await using _lab = await Lab.start({ ipv6: true });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
