import { defineConfig } from 'vitest/config';

/** End-to-end tests with a real etcd, with static pods that a runner starts, with remotes behind sshd and http, and with cron: `npx vitest run --config vitest.e2e.config.ts`. */
export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['./test/scenario/rig/build-once.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
