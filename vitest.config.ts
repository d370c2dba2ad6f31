import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/fault/full/**'],
    globalSetup: ['./test/scenario/rig/build-once.ts'],
    pool: 'forks',
    // The built command is loaded as it is.
    server: { deps: { external: [/\/dist\//] } },
    // One more than the cores of the smallest machine it is for: tests wait for disks a fifth of their time.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/generated/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
