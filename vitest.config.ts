import { defineConfig } from 'vitest/config';

// Only a test that fails waits for so long; a browser or a container is slow when others are at work.
// Each look at a lab is some questions to the engine.
const expect = { poll: { timeout: 10_000, interval: 100 } };

export default defineConfig({
  test: {
    retry: 0,
    // Most tests wait, for containers and for time to pass: half as many again as there are cores keep them busy.
    maxWorkers: '150%',
    // No test changes what modules share; to load them anew for each file is a tenth of the time.
    isolate: false,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          expect,
          include: ['services', 'lab', 'cli', 'web'].map((folder) => `${folder}/**/*.test.ts`),
        },
      },
      {
        test: {
          name: 'integration',
          expect,
          include: ['integration/**/*.test.ts'],
          globalSetup: 'integration/support/global-setup.ts',
          env: {
            // Our own reaper cleans up, which needs no image that might not be had.
            TESTCONTAINERS_RYUK_DISABLED: 'true',
            // Programs that tests start again and again are compiled once.
            NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/node`,
          },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
