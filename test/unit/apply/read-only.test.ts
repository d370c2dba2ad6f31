import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import { recoveryExitCode } from '../../../src/operations/running/settle-leftovers.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';

/** Whether this process may mount file systems (root outside a container without that right). */
function mountWorks(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'setpoint-mount-'));
  const done = mount('-t', 'tmpfs', 'none', dir);
  if (done) spawnSync('umount', [dir]);
  rmSync(dir, { recursive: true });
  return done;
}

function mount(...args: readonly string[]): boolean {
  return spawnSync('mount', args).status === 0;
}

describe.skipIf(!mountWorks())('a file system that is read-only (needs the right to mount)', () => {
  let rig: RunRig;
  let target: string;
  beforeEach(async () => {
    rig = await openRig();
    target = rig.real('/etc/app');
    mkdirSync(target, { recursive: true });
    mount('-t', 'tmpfs', 'none', target);
    rig.write(A, 'old a\n');
  });
  afterEach(() => {
    spawnSync('umount', [target]);
    rig.close();
  });
  const remount = (how: 'ro' | 'rw'): void => {
    expect(mount('-o', `remount,${how}`, target)).toBe(true);
  };

  test('fails once, says so once, and leaves no open run', async () => {
    const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
    remount('ro');
    const { report, diagnostics } = await executeRun(rig.context, input);
    expect(report.outcome).toBe('failed');
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('read-only'),
    ]);
    expect(openJournals(rig.host)).toEqual([]);
  });

  test('after staging keeps the run open until it can be cleaned up, and recovery does not say that all is well', async () => {
    const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
    rig.on('staged', () => {
      remount('ro');
      rig.interrupt.abort();
    });
    const { report } = await executeRun(rig.context, input);
    expect(report.outcome).toBe('interrupted');
    expect(openJournals(rig.host)).toHaveLength(1);

    const stuck = await settleOpenRuns(rig.context);
    expect(stuck.map(({ open }) => open)).toEqual([true]);
    expect(stuck[0]?.diagnostics[0]?.message).toContain('read-only');
    expect(recoveryExitCode(stuck)).toBe(4);

    remount('rw');
    const settled = await settleOpenRuns(rig.context);
    expect([recoveryExitCode(settled), openJournals(rig.host).length]).toEqual([0, 0]);
    expect(readdirSync(target).filter((name) => name.startsWith('.setpoint'))).toEqual([]);
  });
});
