import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    retry: 0,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['services/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['integration/**/*.test.ts'],
        },
      },
    ],
  },
});
