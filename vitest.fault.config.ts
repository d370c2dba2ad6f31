import { defineConfig } from 'vitest/config';

/** The long forms of fault tests: `npm run test:fault:long`. Nothing runs beside them: they race with themselves. */
export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    include: ['test/fault/full/**/*.test.ts', 'test/fault/watched-directory.test.ts'],
    env: { WATCH_APPLIES: '1000' },
    globalSetup: ['./test/scenario/rig/build-once.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
