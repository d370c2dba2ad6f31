/** SIGKILL before every N-th system call that changes a file system, then recovery: all-old or all-new, nothing left. */
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
import { expectSettled, type Side } from './settled.ts';

const missing = straceMissing();
let built: ReturnType<typeof buildScript>;
beforeAll(() => {
  built = buildScript();
});
afterAll(() => rmSync(built.directory, { recursive: true }));

interface Sweep {
  /** Calls between two kills; 1 = every one. */
  readonly stride?: number;
  /** Also calls of the thread pool and of git. */
  readonly threads?: boolean;
}

/** Kills before call 1, 1 + stride, … until the command gets through. Gives the side after each kill. */
async function sweep(mode: Mode, call: string, { stride = 1, threads = false }: Sweep = {}) {
  const sides: Side[] = [];
  for (let n = 1; ; n += stride) {
    const root = newRoot();
    try {
      const inject = `${call}:signal=SIGKILL:when=${String(n)}`;
      const { stdout } = runFaulty(built.script, root, mode, inject, threads);
      const side = await expectSettled(root);
      if (stdout.includes(mode === 'keep' ? '"applied"' : '"reverted"')) return sides;
      sides.push(side);
    } finally {
      removeRoot(root);
    }
  }
}

describe.skipIf(missing !== null)(
  `a killed applier${missing === null ? '' : ` (${missing})`}`,
  () => {
    test.each(['rename', 'link', 'unlink'])('that would be kept: before every %s', async (call) => {
      const sides = await sweep('keep', call);
      // Once new, always new: after the decision no later kill gives the old files back.
      expect(sides.join(' ')).toMatch(/^(old ?)+(new ?)*$/);
    });

    test.each(['rename', 'link', 'unlink'])('that reverts: before every %s', async (call) => {
      const sides = await sweep('revert', call);
      expect(new Set(sides)).toEqual(new Set(['old']));
    });

    test.each(['rename', 'link', 'unlink'])(
      'whose recovery is killed before every %s',
      async (call) => {
        for (let n = 1; ; n += 1) {
          const root = newRoot();
          try {
            // The third link creates the decision: both files are new, nothing is decided.
            expect(
              runFaulty(built.script, root, 'keep', 'link:signal=SIGKILL:when=3', false).killed,
            ).toBe(true);
            const kill = `${call}:signal=SIGKILL:when=${String(n)}`;
            const { stdout } = runFaulty(built.script, root, 'recover', kill, false);
            expect(await expectSettled(root)).toBe('old');
            if (stdout.includes('reverted')) return;
          } finally {
            removeRoot(root);
          }
        }
      },
    );

    test('that would be kept: before every eighth fsync, git included', async () => {
      const sides = await sweep('keep', 'fsync', { stride: 8, threads: true });
      expect(new Set(sides)).toEqual(new Set(['old', 'new']));
    });
  },
);
