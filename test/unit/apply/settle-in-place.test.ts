import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { bindMount, bindMountMissing, unmount } from './bind-mount.ts';
import { settle } from './failed-run.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const MOUNTED = '/etc/app/resolv.conf';
const SOURCE = '/var/source';
const missing = bindMountMissing();

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

describe.skipIf(missing !== null)(
  `a failed revert of a bind-mounted file${missing === null ? '' : ` (${missing})`}`,
  () => {
    test.each([
      ['take-old', 'nameserver 1\n', 'reverted'],
      ['take-new', 'nameserver 2\n', 'applied'],
    ] as const)(
      'is settled by %s through the inode that is mounted',
      async (choice, text, outcome) => {
        rig.write(SOURCE, 'nameserver 1\n');
        rig.write(MOUNTED, '');
        bindMount(rig.real(SOURCE), rig.real(MOUNTED));
        try {
          let theirs: string | null = 'nameserver 3\n';
          rig.on('written', () => {
            if (theirs !== null) rig.write(MOUNTED, theirs);
            theirs = null;
          });
          const edit = { path: MOUNTED, to: 'nameserver 2\n', inPlace: true, gates: ['false'] };
          const input = await runInput(rig, [edit], { allowUnhealthy: true });
          const failed = await executeRun(rig.context, input);
          expect(failed.report.outcome).toBe('revert-failed');
          const { ino } = statSync(rig.real(MOUNTED));
          const { report, open } = await settle(rig, choice);
          expect([report.outcome, open]).toEqual([outcome, false]);
          expect(readFileSync(rig.real(SOURCE), 'utf8')).toBe(text);
          expect(statSync(rig.real(MOUNTED)).ino).toBe(ino);
        } finally {
          unmount(rig.real(MOUNTED));
        }
      },
    );
  },
);
