/**
 * Writing in place: SIGKILL before, and an error from, every call that changes the target or its mark. After recovery the
 * bind-mounted file is all-old or all-new, in its own inode.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { bindMount, bindMountMissing, unmount } from '../../unit/apply/bind-mount.ts';
import { openRig } from '../../unit/apply/run-rig.ts';
import { buildScript } from '../build-script.ts';
import { removeRoot } from '../faulty-apply.ts';
import { runFaulty, type Mode } from '../in-place-fault.ts';
import { straceMissing } from '../sweep/strace-missing.ts';
import { IN_PLACE } from '../two-files.ts';

const missing = straceMissing() ?? bindMountMissing();
let built: ReturnType<typeof buildScript>;
beforeAll(() => {
  built = buildScript('apply-in-place');
});
afterAll(() => rmSync(built.directory, { recursive: true }));

const LONG = 'old '.repeat(3000);
const SHORT = 'new '.repeat(500);

interface Place {
  readonly root: string;
  readonly old: string;
  readonly next: string;
}

/** A new root whose file is a bind mount and is to become longer or shorter. */
function newPlace(growing: boolean): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-fault-')));
  const [old, next] = growing ? ['old\n', 'new '.repeat(3000)] : [LONG, SHORT];
  mkdirSync(join(root, 'etc/app'), { recursive: true });
  writeFileSync(join(root, 'source'), old, { mode: 0o640 });
  writeFileSync(join(root, 'new'), next);
  writeFileSync(join(root, IN_PLACE), 'below the mount\n');
  expect(bindMount(join(root, 'source'), join(root, IN_PLACE))).toBe(true);
  return { root, old, next };
}

function discard({ root }: Place): void {
  unmount(join(root, IN_PLACE));
  removeRoot(root);
}

/** Recovers twice and gives the side that the file is on; nothing may be left over. */
async function settled({ root, old, next }: Place): Promise<'old' | 'new'> {
  const rig = await openRig(root);
  try {
    await recoverRuns(rig.context);
    expect(await recoverRuns(rig.context)).toEqual([]);
    expect(openJournals(rig.host)).toEqual([]);
  } finally {
    rig.close();
  }
  expect(readdirSync(join(root, 'etc/app'))).toEqual(['mounted.conf']);
  const found = readFileSync(join(root, 'source'), 'utf8');
  expect([old, next]).toContain(found);
  const mode = statSync(join(root, 'source')).mode & 0o777;
  expect(mode).toBe(found === old ? 0o640 : 0o600);
  return found === old ? 'old' : 'new';
}

/** Calls on the file itself; `rename` is that of the mark (and the journal). */
const CALLS = ['pwrite64', 'ftruncate', 'fchmod', 'fsync'];

/** Kills `mode` before call 1, 2, … until it gets through; the sides that the file is on after recovery. */
async function sweep(mode: Mode, call: string, growing: boolean, first?: (place: Place) => void) {
  const sides: string[] = [];
  for (let n = 1; ; n += 1) {
    const place = newPlace(growing);
    try {
      first?.(place);
      const { killed } = fault(place, mode, `${call}:signal=SIGKILL:when=${String(n)}`);
      sides.push(await settled(place));
      if (!killed) return sides;
    } finally {
      discard(place);
    }
  }
}

function fault({ root }: Place, mode: Mode, inject: string) {
  const onFile = CALLS.some((call) => inject.startsWith(`${call}:`));
  const only = onFile ? join(root, IN_PLACE) : undefined;
  return runFaulty(built.script, root, mode, inject, inject.startsWith('fsync'), only);
}

/** Dies when the file is new and nothing is decided: the first link makes the decision. */
function dieUndecided(place: Place): void {
  expect(fault(place, 'keep', 'link:signal=SIGKILL:when=1').killed).toBe(true);
}

describe.skipIf(missing !== null)(
  `a killed write in place${missing === null ? '' : ` (${missing})`}`,
  () => {
    describe.each([
      ['growing', true],
      ['shrinking', false],
    ])('of a %s file', (_, growing) => {
      test.each(growing ? CALLS : [...CALLS, 'rename'])(
        'that would be kept: before every %s',
        async (call) => {
          expect((await sweep('keep', call, growing)).join(' ')).toMatch(/^(old ?)*(new ?)+$/);
        },
      );

      test.each(growing ? CALLS : [...CALLS, 'rename'])(
        'that reverts: before every %s',
        async (call) => {
          expect(new Set(await sweep('revert', call, growing))).toEqual(new Set(['old']));
        },
      );

      test.each(CALLS)('whose recovery is killed before every %s', async (call) => {
        const sides = await sweep('recover', call, growing, dieUndecided);
        expect([sides.length > 1 || call === 'ftruncate', new Set(sides)]).toEqual([
          true,
          new Set(['old']),
        ]);
      });

      test.each([
        'pwrite64:error=ENOSPC:when=1',
        'pwrite64:error=EIO:when=1',
        'fchmod:error=EPERM:when=1',
        'fsync:error=EIO:when=1',
      ])('with %s gets its old content back', async (inject) => {
        const place = newPlace(growing);
        try {
          const { stdout } = fault(place, 'keep', inject);
          expect(stdout).toContain('"reverted"');
          expect(await settled(place)).toBe('old');
        } finally {
          discard(place);
        }
      });

      test.each(['pwrite64', 'fchmod', 'fsync'])(
        'whose revert fails with EIO at %s is settled once the storage works again',
        async (call) => {
          const place = newPlace(growing);
          try {
            const { stdout } = fault(place, 'revert', `${call}:error=EIO:when=2+`);
            expect(stdout).toContain('"revert-failed"');
            expect(await settled(place)).toBe('old');
          } finally {
            discard(place);
          }
        },
      );
    });
  },
);
