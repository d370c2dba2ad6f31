/** System calls that fail once, or from some moment on: the run ends all-old or all-new, at the latest after recovery. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  buildScript,
  newRoot,
  removeRoot,
  runFaulty,
  straceMissing,
  type Mode,
} from './faulty-apply.ts';
import { expectSettled } from './settled.ts';

const missing = straceMissing();
let built: ReturnType<typeof buildScript>;
beforeAll(() => {
  built = buildScript();
});
afterAll(() => rmSync(built.directory, { recursive: true }));

async function faulty(inject: string, mode: Mode = 'keep', threads = false) {
  const root = newRoot();
  try {
    const { stdout, killed } = runFaulty(built.script, root, mode, inject, threads);
    expect(killed).toBe(false);
    return { stdout, side: await expectSettled(root) };
  } finally {
    removeRoot(root);
  }
}

describe.skipIf(missing !== null)(
  `a failing call${missing === null ? '' : ` (${missing})`}`,
  () => {
    test.each([
      // 1: journal of the intent, 2: commit point, 3: the watched file, 4: report.
      ['rename:error=ENOSPC:when=1', 'failed', 'old'],
      ['rename:error=EIO:when=2', 'failed', 'old'],
      ['rename:error=EIO:when=3', 'reverted', 'old'],
      ['rename:error=ENOSPC:when=4', 'applied', 'new'],
      // 1: keeping the old inode, 2: the new file, 3: the decision.
      ['link:error=EPERM:when=1', 'failed', 'old'],
      ['link:error=ENOSPC:when=2', 'reverted', 'old'],
      ['link:error=ENOSPC:when=3', 'reverted', 'old'],
      ['mkdir:error=EROFS:when=9', 'failed', 'old'],
    ])('%s ends %s', async (inject, outcome, side) => {
      const result = await faulty(inject);
      expect(result.stdout).toContain(`["${outcome}"`);
      expect(result.side).toBe(side);
    });

    test('a disk that is full for every new name from the first write on still gets the old files back', async () => {
      const { stdout, side } = await faulty('link:error=ENOSPC:when=2+');
      expect([stdout.includes('"reverted"'), side]).toEqual([true, 'old']);
    });

    test('storage that fails every rename of the revert needs a person, and recovery once it works again', async () => {
      const { stdout, side } = await faulty('rename:error=EIO:when=4+', 'revert');
      expect(stdout).toContain('"revert-failed"');
      expect(side).toBe('old');
    });

    test.each([1, 12, 24, 36, 48])('fsync number %i fails', async (n) => {
      const { side } = await faulty(`fsync:error=EIO:when=${String(n)}`, 'keep', true);
      expect(['old', 'new']).toContain(side);
    });
  },
);
