import { readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  BackupListResult,
  BackupShowResult,
  BackupVerifyResult,
  PlanResult,
  PruneResult,
  RestoreResult,
} from '../../src/operations/results.ts';
import { commandGate, filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const CONF = '/etc/app/app.conf';

let rig: Rig;
afterEach(() => rig.close());

async function level(n: number, gates: readonly string[] = []): Promise<void> {
  await rig.workspace.plan('app', filePlan({ content: `level = ${n}\n`, gates }));
  await rig.workspace.commit(`level ${n}`);
}

async function applyLevels(...levels: readonly number[]): Promise<void> {
  for (const n of levels) {
    await level(n);
    await rig.applied();
  }
}

async function list(...args: readonly string[]): Promise<BackupListResult['snapshots']> {
  const listed = await rig.exits(0, 'backup', 'list', ...args, '--json');
  return listed.json<BackupListResult>().result.snapshots;
}

/** Run of the newest backup. */
async function newest(): Promise<string> {
  return (await list())[0]?.run ?? '';
}

async function objectFiles(): Promise<readonly string[]> {
  const names = await readdir(join(rig.stateDir, 'backups/objects'), { recursive: true });
  return names
    .filter((name) => name.length > 60)
    .map((name) => join(rig.stateDir, 'backups/objects', name));
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

async function restored(...args: readonly string[]): Promise<RestoreResult> {
  const done = await rig.exits(0, 'backup', 'restore', ...args, '--auto-approve', '--json');
  return done.json<RestoreResult>().result;
}

it('show of a file that the run created prints nothing and says so: exit 1', async () => {
  rig = await createRig();
  await applyLevels(1);
  const run = (await list())[0]?.run ?? '';
  const refused = await rig.exits(1, 'backup', 'show', run, CONF);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toContain('SP5069');
});

describe('after three applies', () => {
  beforeEach(async () => {
    rig = await createRig();
    await rig.put(CONF, 'level = 0\n', 0o640);
    await applyLevels(1, 2, 3);
  });

  it('list has three backups, newest first, and show prints a file byte for byte', async () => {
    const backups = await list();
    expect(backups.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(backups[2]?.files).toMatchObject([{ path: CONF, before: { mode: 0o640, size: 10 } }]);
    expect(await list('/etc/other')).toEqual([]);
    const run = backups[2]?.run ?? '';
    expect((await rig.exits(0, 'backup', 'show', run, CONF)).stdout).toBe('level = 0\n');
    expect((await rig.exits(0, 'backup', 'show', run)).stdout).toContain(`${CONF}  0640`);
    const diff = (
      await rig.exits(0, 'backup', 'show', run, '--diff', '--json')
    ).json<BackupShowResult>();
    expect(diff.result.diff).toContain('-level = 3\n+level = 0\n');
    await rig.exits(64, 'backup', 'show', 'ZZZ');
    await rig.exits(64, 'backup', 'show', run, '/etc/other');
  });

  it('nobody else can read them', async () => {
    expect(await modeOf(join(rig.stateDir, 'backups'))).toBe(0o700);
    for (const object of await objectFiles()) {
      expect(await modeOf(object)).toBe(0o600);
      expect(await modeOf(join(object, '..'))).toBe(0o700);
    }
  });

  it('restore brings back content, mode and record; the next plan shows the difference; a second restore does nothing', async () => {
    const run = (await list())[2]?.run ?? '';
    const result = await restored(run);
    expect(result.report).toMatchObject({ operation: 'restore', outcome: 'applied' });
    expect(await rig.read(CONF)).toBe('level = 0\n');
    expect((await stat(rig.real(CONF))).mode & 0o777).toBe(0o640);
    expect((await rig.stateLog())[0]).toBe('restored app: 1 change');
    const status = (await rig.exits(0, 'status', '--json')).json<{ files: { drift: string }[] }>();
    expect(status.result.files.map(({ drift }) => drift)).toEqual(['in-sync']);
    const plan = (await rig.exits(0, 'plan', '--json')).json<PlanResult>().result;
    expect(plan.set.parts[0]?.items[0]).toMatchObject({ action: 'change', cause: 'pending' });
    await rig.exits(0, 'drift');
    const again = await restored(run);
    expect(again).toMatchObject({ report: null, unchanged: [CONF] });
    await rig.applied();
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });

  it('a restore is backed up itself and can be undone', async () => {
    await restored((await list())[1]?.run ?? '');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    await restored(await newest());
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });

  it('a deleted file comes back, without the workspace', async () => {
    const run = await newest();
    await rm(rig.real(CONF));
    await rm(rig.workspace.dir, { recursive: true });
    const done = await rig.setpointIn(rig.dir, ['backup', 'restore', run, '--auto-approve']);
    expect(`${done.code} ${done.stderr}`).toMatch(/^0 /);
    expect(await rig.read(CONF)).toBe('level = 2\n');
  });

  it('edits by others are recorded before a restore replaces them, and backed up', async () => {
    await rig.put(CONF, 'by hand\n', 0o640);
    const run = await newest();
    const result = await restored(run);
    expect(result.files[0]?.foreignEdit).toBe(true);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect((await rig.stateLog()).slice(0, 2).map((line) => line.split(' ')[0])).toEqual([
      'restored',
      'observed',
    ]);
    expect((await rig.exits(0, 'backup', 'show', await newest(), CONF)).stdout).toBe('by hand\n');
  });

  it('restore asks, and without a terminal it needs --auto-approve', async () => {
    await rig.exits(64, 'backup', 'restore', await newest());
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });

  it('what is a directory now is not replaced: exit 7', async () => {
    await rm(rig.real(CONF));
    await rig.put(`${CONF}/inside`, 'x');
    const run = await newest();
    const refused = await rig.exits(7, 'backup', 'restore', run, '--auto-approve');
    expect(refused.stderr).toContain('SP5065');
  });

  it('verify finds a flipped byte and a lost object, names the runs, and a restore never uses them', async () => {
    await rig.exits(0, 'backup', 'verify');
    const backups = await list();
    const at = (i: number): string => {
      const sha = backups[i]?.files[0]?.before?.sha256 ?? '';
      return join(rig.stateDir, 'backups/objects', sha.slice(0, 2), sha);
    };
    const bytes = await readFile(at(0));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2);
    await writeFile(at(0), bytes);
    await rm(at(1));
    const found = (await rig.exits(1, 'backup', 'verify', '--json')).json<BackupVerifyResult>();
    const messages = found.diagnostics.map(({ code, message }) => `${code} ${message}`).sort();
    expect(messages).toHaveLength(2);
    expect(messages.join('\n')).toContain(`is damaged: used by ${backups[0]?.run}`);
    expect(messages.join('\n')).toContain(`is missing: used by ${backups[1]?.run}`);
    const run = backups[0]?.run ?? '';
    const refused = await rig.exits(1, 'backup', 'restore', run, '--auto-approve');
    expect(refused.stderr).toContain('SP5061');
    expect(await rig.read(CONF)).toBe('level = 3\n');
  });
});

describe('a file that a run made', () => {
  it('goes when the run is restored, and comes back when that is undone', async () => {
    rig = await createRig();
    await applyLevels(1);
    await restored(await newest());
    await expect(rig.read(CONF)).rejects.toThrow('ENOENT');
    await restored(await newest());
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});

describe('gates of a restore', () => {
  beforeEach(async () => {
    rig = await createRig();
    await rig.mark('healthy');
  });

  it('a red one reverts: exit 3, the file as before, two commits, no hold', async () => {
    await applyLevels(1);
    const gate = redGate(`! grep -q 1 ${rig.real(CONF)}`, { phases: 'after, revert' });
    await level(2, [gate]);
    await rig.applied();
    const log = await rig.stateLog();
    const done = await rig.exits(
      3,
      'backup',
      'restore',
      await newest(),
      '--auto-approve',
      '--json',
    );
    const { result } = done.json<RestoreResult>();
    expect(result.report).toMatchObject({ operation: 'restore', outcome: 'reverted' });
    expect(result.gates).toEqual(['conf[0]']);
    expect(await rig.read(CONF)).toBe('level = 2\n');
    expect(await rig.stateLog()).toHaveLength(log.length + 2);
    await level(3, [gate]);
    await rig.applied();
  });

  it('a red one before it refuses: exit 7; --allow-unhealthy goes on', async () => {
    await applyLevels(1);
    await level(2, [
      commandGate(`test -e ${rig.dir}/healthy`, { phases: 'before, after', within: '500ms' }),
    ]);
    await rig.applied();
    await rm(join(rig.dir, 'healthy'));
    const run = await newest();
    await rig.exits(7, 'backup', 'restore', run, '--auto-approve');
    await rig.exits(3, 'backup', 'restore', run, '--auto-approve', '--allow-unhealthy');
    await rig.mark('healthy');
    await restored(run);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('back to the time before the plan, what had to be true after it is asked before the restore, not after it', async () => {
    await level(1, [redGate(`grep -q 1 ${rig.real(CONF)}`)]);
    await rig.applied();
    const run = await newest();
    await rig.put(CONF, 'by hand\n');
    const refused = await rig.exits(7, 'backup', 'restore', run, '--auto-approve');
    expect(refused.stderr).toMatch(/gate before conf\[0\]: red/);
    expect(await rig.read(CONF)).toBe('by hand\n');
    await restored(run, '--allow-unhealthy');
    await expect(rig.read(CONF)).rejects.toThrow('ENOENT');
  });

  it('check scripts come from the copies of earlier runs, not from the checkout', async () => {
    await applyLevels(1);
    await rig.workspace.write('checks/ok.sh', `#!/bin/sh\ntest -e ${rig.dir}/healthy\n`, 0o755);
    await level(2, [
      '{kind: command, run: [./checks/ok.sh], phases: [before, after], within: 5s, successes: 1}',
    ]);
    await rig.applied();
    await rm(rig.workspace.dir, { recursive: true });
    const run = (
      await rig.setpointIn(rig.dir, ['backup', 'list', '--json'])
    ).json<BackupListResult>().result.snapshots[0]?.run;
    const done = await rig.setpointIn(rig.dir, ['backup', 'restore', run ?? '', '--auto-approve']);
    expect(`${done.code} ${done.stderr}`).toMatch(/^0 /);
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });
});

describe('prune', () => {
  it('keeps what any rule wants and what the record needs; --dry-run says the same and changes nothing', async () => {
    rig = await createRig({ settings: 'backups: {keepLast: 1, keepWithin: 0s}\n' });
    await rig.put(CONF, 'level = 0\n');
    await rig.workspace.write('setpoint.yaml', 'name: platform\n');
    await applyLevels(1, 2, 3);
    await rig.workspace.write(
      'setpoint.yaml',
      'name: platform\nbackups: {keepLast: 1, keepWithin: 0s}\n',
    );
    const objects = await objectFiles();
    for (const object of objects) await utimes(object, 1, 1);
    const prune = async (...args: readonly string[]): Promise<PruneResult> =>
      (await rig.exits(0, 'backup', 'prune', ...args, '--json')).json<PruneResult>().result;
    const dry = await prune('--dry-run');
    expect(await objectFiles()).toEqual(objects);
    const { dryRun: _dry, ...wet } = await prune();
    expect(dry).toEqual({ ...wet, dryRun: true });
    expect(wet.removed.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(wet.objects).toBe(2);
    expect((await list()).map(({ seq }) => seq)).toEqual([3]);
    expect(await objectFiles()).toHaveLength(1);
    await rig.exits(0, 'backup', 'verify');
    expect(await prune()).toMatchObject({ removed: [], objects: 0 });
  });

  it('is done by every apply, with fresh objects left alone', async () => {
    rig = await createRig({ settings: 'backups: {keepLast: 2, keepWithin: 0s}\n' });
    await applyLevels(1, 2, 3, 4);
    expect((await list()).map(({ seq }) => seq)).toEqual([4, 3]);
    expect(await objectFiles()).toHaveLength(3);
  });
});
