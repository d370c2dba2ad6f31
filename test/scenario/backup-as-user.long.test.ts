import { execFile, execFileSync } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { BackupListResult, RestoreResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const CONF = '/etc/app/app.conf';
const ENTRY = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const NOBODY = { uid: 65534, gid: 65534 };

/** Why nobody cannot run the build, or null. */
function problem(): string | null {
  if (process.geteuid?.() !== 0) return 'needs root to become another user';
  try {
    execFileSync(process.execPath, [ENTRY, '--version'], { ...NOBODY, stdio: 'pipe' });
    return null;
  } catch {
    return 'another user cannot read this checkout';
  }
}

let rig: Rig;
afterEach(() => rig?.close());

async function asNobody(
  ...args: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { ...NOBODY, cwd: rig.workspace.dir, env: { ...rig.env } };
  try {
    const done = await promisify(execFile)(
      process.execPath,
      [ENTRY, ...args, '--root', rig.root],
      options,
    );
    return { code: 0, ...done };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe.skipIf(problem())(
  'a user without root on files of his own (needs root to become one)',
  () => {
    it('applies, lists and restores; a file that belongs to somebody else by now is left alone: exit 7', async () => {
      rig = await createRig();
      await rig.put(CONF, 'level = 0\n');
      await rig.workspace.plan('app', filePlan({ content: 'level = 1\n' }));
      await rig.workspace.commit('level 1');
      execFileSync('chown', ['-R', '65534:65534', rig.dir]);
      expect(await asNobody('apply', '--auto-approve')).toMatchObject({ code: 0 });
      const listed = await asNobody('backup', 'list', '--json');
      const { snapshots } = (JSON.parse(listed.stdout) as { result: BackupListResult }).result;
      const run = snapshots[0]?.run ?? '';
      expect(snapshots[0]?.files[0]?.before).toMatchObject(NOBODY);
      expect(await asNobody('backup', 'restore', run, '--auto-approve')).toMatchObject({ code: 0 });
      expect(await rig.read(CONF)).toBe('level = 0\n');
      expect(await asNobody('apply', '--auto-approve')).toMatchObject({ code: 0 });
      await chown(rig.real(CONF), 0, 0);
      const refused = await asNobody('backup', 'restore', run, '--auto-approve', '--json');
      expect(refused.code).toBe(7);
      expect(refused.stdout).toContain('SP6064');
      expect(await rig.read(CONF)).toBe('level = 1\n');
    });

    it('root gives a restored file back to its owner', async () => {
      rig = await createRig();
      await rig.put(CONF, 'level = 1\n', 0o600);
      await chown(rig.real(CONF), 1234, 2345);
      await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
      await rig.workspace.commit('level 2');
      await rig.applied();
      const { snapshots } = (
        await rig.exits(0, 'backup', 'list', '--json')
      ).json<BackupListResult>().result;
      await chown(rig.real(CONF), 0, 0);
      const run = snapshots[0]?.run ?? '';
      await rig.exits(0, 'backup', 'restore', run, '--auto-approve');
      const stat = execFileSync('stat', ['-c', '%u:%g %a', rig.real(CONF)], { encoding: 'utf8' });
      expect(stat).toBe('1234:2345 600\n');
      await chown(rig.real(CONF), 0, 0);
      const only = await rig.exits(0, 'backup', 'restore', run, '--auto-approve', '--json');
      expect(only.json<RestoreResult>().result.report?.outcome).toBe('applied');
      const again = execFileSync('stat', ['-c', '%u:%g', rig.real(CONF)], { encoding: 'utf8' });
      expect(again).toBe('1234:2345\n');
    });
  },
);
