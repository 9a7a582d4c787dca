import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: `${import.meta.dirname}/../../node_modules/.vite`,
  test: {
    root: import.meta.dirname,
    include: ['fails.ts', 'times-out.ts'],
    // One process for both files, which share its modules: a set-up file runs for each of them all the same.
    isolate: false,
    maxWorkers: 1,
    setupFiles: '../../lab/vitest.ts',
    testTimeout: 240_000,
    env: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
  },
});
