import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Limits end what hangs, and measure nothing: what starts a process, a browser or a container takes seconds where others are
 * at work, and as many times longer on a slower machine. Only a test that fails waits for so long.
 */
const LIMIT_MS = 300_000;
/** Each look at a lab is some questions to the engine. */
const poll = { timeout: 60_000, interval: 50 };
const limits = { testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS, expect: { poll } };

/** Programs that tests start again and again are compiled once. */
const env = { NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/node` };

export default defineConfig({
  test: {
    retry: 0,
    // Most tests wait, for containers and for time to pass. A percentage would be of the cores, and no more than 100.
    maxWorkers: 2 * availableParallelism(),
    // No test changes what modules share; to load them anew for each file is a tenth of the time.
    isolate: false,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          ...limits,
          env,
          include: [
            'services',
            'lab',
            'checks',
            'exercises',
            'cli',
            'web',
            'setup',
            'cloud',
            'docs',
          ].map((folder) => `${folder}/**/*.test.ts`),
        },
      },
      {
        test: {
          name: 'integration',
          ...limits,
          include: ['integration/**/*.test.ts'],
          globalSetup: 'integration/support/global-setup.ts',
          setupFiles: 'integration/support/needs-ipv6.ts',
          // Our own reaper cleans up, which needs no image that might be unavailable.
          env: { ...env, TESTCONTAINERS_RYUK_DISABLED: 'true' },
        },
      },
    ],
  },
});
