import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwritable, type TouchedPlace } from '../../../src/apply/files/unwritable.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import type { PlaceFacts } from '../../../src/host/place-facts.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import {
  CHMODDED,
  EDITED,
  NEW,
  OLD,
  expectClosed,
  failedRun,
  livePicture,
  openOldRig,
  settle,
} from './failed-run.ts';
import { runInput } from './run-inputs.ts';
import type { RunRig } from './run-rig.ts';

let rig: RunRig;
beforeEach(async () => {
  rig = await openOldRig();
});
const undo: (() => void)[] = [];
afterEach(() => {
  for (const act of undo.splice(0)) act();
  rig.close();
});

function chattr(how: string, path: string): boolean {
  return spawnSync('chattr', [how, path]).status === 0;
}

/** Until the test ends, so that the rig can be removed. */
function fix(letter: 'a' | 'i', path: string): void {
  undo.push(() => chattr(`-${letter}`, path));
  expect(chattr(`+${letter}`, path)).toBe(true);
}

const attributes = process.geteuid?.() === 0 && chattr('-i', '/tmp');

describe.skipIf(!attributes)('chattr(1) (needs root and a file system with attributes)', () => {
  test.each([
    ['i', EDITED],
    ['a', EDITED],
    ['i', CHMODDED],
    ['i', '/etc/app/new'],
  ] as const)(
    '+%s on %s stops the revert before any file, and recovery ends it afterwards',
    async (letter, path) => {
      const failed = await failedRun(rig, () => fix(letter, rig.real(path)));
      expect(livePicture(rig)).toEqual(NEW);

      const [again] = await recoverRuns(rig.context);
      expect(again?.outcome).toBe('revert-failed');
      expect(again?.reason).toContain('immutable or append-only (SP6061)');
      expect(livePicture(rig)).toEqual(NEW);

      chattr(`-${letter}`, rig.real(path));
      const [settled] = await recoverRuns(rig.context);
      expect(settled?.outcome).toBe('reverted');
      expect(livePicture(rig)).toEqual(OLD);
      expectClosed(rig, failed);
    },
  );

  test.each(['take-old', 'take-new'] as const)(
    'what a person chose (%s) is done to all files or to none',
    async (choice) => {
      const failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
      fix('i', rig.real(EDITED));
      const before = livePicture(rig);
      const { report, open, diagnostics } = await settle(rig, choice);
      expect([report.outcome, open]).toEqual(['revert-failed', true]);
      // Those put the old files back.
      expect(report.manualCommands.length > 0).toBe(choice === 'take-old');
      const help = diagnostics.find(({ code }) => code === 'SP6061')?.help;
      expect(help).toContain(`lsattr -d ${rig.real(EDITED)}`);
      expect(livePicture(rig)).toEqual(before);

      chattr('-i', rig.real(EDITED));
      await settle(rig, choice);
      expect(livePicture(rig)).toEqual(choice === 'take-old' ? OLD : NEW);
      expectClosed(rig, failed);
    },
  );

  test('a file that the run has not written yet may be immutable', async () => {
    const input = await runInput(rig, [
      { path: CHMODDED, to: 'other' },
      { path: EDITED, to: 'new' },
    ]);
    rig.on('written', () => {
      fix('i', rig.real(EDITED));
      rig.interrupt.abort();
    });
    const { report } = await executeRun(rig.context, input);
    expect(report.outcome).toBe('reverted');
    expect(livePicture(rig)).toEqual(OLD);
  });
});

function blind(): never {
  throw new Error('cannot read /proc/self/mountinfo');
}

const FACTS: PlaceFacts = {
  directory: '/etc/app' as RealPath,
  directoryHindrance: null,
  fileHindrance: null,
  mountPoint: '/',
  isMountPoint: false,
  owner: 33,
  way: [{ path: '/etc/app' as RealPath, mode: 0o777, uid: 33, gid: 33 }],
};

function judge(method: TouchedPlace['method'], facts: Partial<PlaceFacts>): readonly string[] {
  const place = { realPath: rig.real(EDITED) as RealPath, method };
  return unwritable(rig.host.root, [place], () => ({ ...FACTS, ...facts })).map(({ code }) => code);
}

describe('what stops a file from being put back', () => {
  test.each([
    ['replace', { fileHindrance: 'fixed' }, ['SP6061']],
    ['replace', { directoryHindrance: 'fixed' }, ['SP6061']],
    ['replace', { directoryHindrance: 'read-only' }, ['SP6060']],
    ['replace', { directoryHindrance: 'denied' }, ['SP6062']],
    ['replace', { fileHindrance: 'denied' }, []],
    ['in-place', { directoryHindrance: 'fixed' }, []],
    ['in-place', { fileHindrance: 'denied' }, ['SP6062']],
    ['attributes', { fileHindrance: 'denied' }, []],
    ['attributes', { fileHindrance: 'fixed', directoryHindrance: 'fixed' }, ['SP6061']],
  ] as const)('%s, %o: %o', (method, facts, codes) => {
    expect(judge(method, facts)).toEqual(codes);
  });

  test('is nothing that only warns: a directory of somebody else that everybody may write to', () => {
    expect(judge('replace', {})).toEqual([]);
  });

  test('is not a place that cannot be looked at: the write itself tells', () => {
    const place = { realPath: rig.real(EDITED) as RealPath, method: 'replace' } as const;
    expect(unwritable(rig.host.root, [place], blind)).toEqual([]);
  });
});
