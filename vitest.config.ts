import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Files that `npm test` leaves out, until they are named: `npm run test:long`, or one of them by its name. */
const LONG = process.argv.some((arg) => arg.includes('.long.')) ? [] : ['**/*.long.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    globalSetup: ['./test/scenario/rig/build-once.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // The built command is loaded as it is.
    server: { deps: { external: [/\/dist\//] } },
    // One more than the cores of the smallest machine it is for: tests wait for disks a fifth of their time.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        // Their files share what they load: to load it for each takes a quarter of their time.
        test: {
          name: 'unit',
          include: ['test/{unit,property}/**/*.test.ts'],
          exclude: ['**/*.isolated.test.ts', ...LONG],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'story',
          include: ['test/scenario/**/*.test.ts'],
          exclude: LONG,
          isolate: false,
        },
      },
      {
        extends: true,
        // What replaces modules needs modules of its own; what counts system calls, a process of its own.
        test: {
          name: 'isolated',
          include: ['test/fault/**/*.test.ts', 'test/unit/**/*.isolated.test.ts'],
          exclude: ['test/fault/full/**', ...LONG],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/generated/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
