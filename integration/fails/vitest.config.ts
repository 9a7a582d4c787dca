import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: `${import.meta.dirname}/../../node_modules/.vite`,
  test: {
    root: import.meta.dirname,
    include: ['fails.ts'],
    testTimeout: 240_000,
    env: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
  },
});
