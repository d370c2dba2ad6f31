import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InstallRecoveryResult } from '../../src/operations/recovery/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { treeSnapshot } from './rig/tree-snapshot.ts';

const UNITS = '/etc/systemd/system';
const RESTORE = `${UNITS}/setpoint-restore.service`;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const doctor = async (): Promise<string> =>
  (await rig.setpoint('doctor')).stdout.split('\n').find((line) => line.includes('boot units')) ??
  '';

it('writes and enables two units once, with the program they run; doctor knows them', async () => {
  const first = await rig.exits(0, 'install-recovery', '--json');
  expect(first.json<InstallRecoveryResult>().result.changed).toHaveLength(2);
  expect(await rig.read(RESTORE)).toContain('/var/lib/setpoint/recovery/current/recovery.mjs');
  expect(await readlink(rig.real(`${UNITS}/basic.target.wants/setpoint-restore.service`))).toBe(
    RESTORE,
  );
  expect(existsSync(`${rig.stateDir}/recovery/current/recovery.mjs`)).toBe(true);
  expect(await doctor()).toContain('installed and enabled');
  const before = await treeSnapshot(rig.real(UNITS));
  const second = await rig.exits(0, 'install-recovery');
  expect(second.stdout).toContain('up to date');
  expect(await treeSnapshot(rig.real(UNITS))).toEqual(before);
});

it('--print shows them and writes nothing', async () => {
  const shown = await rig.exits(0, 'install-recovery', '--print');
  expect(shown.stdout).toContain('[Unit]');
  expect(existsSync(rig.real(UNITS))).toBe(false);
  expect(existsSync(rig.stateDir)).toBe(false);
});

it('--remove takes them away, once', async () => {
  await rig.exits(0, 'install-recovery');
  expect((await rig.exits(0, 'install-recovery', '--remove')).stdout).toContain('Removed');
  expect(existsSync(rig.real(RESTORE))).toBe(false);
  expect(existsSync(rig.real(`${UNITS}/basic.target.wants/setpoint-restore.service`))).toBe(false);
  expect((await rig.exits(0, 'install-recovery', '--remove')).stdout).toContain(
    'Nothing to remove',
  );
});

it('a unit of another version or one that is not enabled is a warning of doctor and is mended', async () => {
  await rig.exits(0, 'install-recovery');
  await rig.put(RESTORE, '[Unit]\n');
  expect(await doctor()).toMatch(/warning.*written for another/);
  await rig.exits(0, 'install-recovery');
  await rm(rig.real(`${UNITS}/basic.target.wants/setpoint-restore.service`));
  expect(await doctor()).toMatch(/warning.*not enabled/);
  await rig.exits(0, 'install-recovery');
  expect(await doctor()).toContain('installed and enabled');
});

it('the program in the state directory is put back when it differs; old versions go', async () => {
  await rig.exits(0, 'install-recovery');
  const placed = `${rig.stateDir}/recovery/current/recovery.mjs`;
  const program = await readFile(placed);
  await writeFile(placed, 'damaged');
  await chmod(placed, 0o666);
  await mkdir(`${rig.stateDir}/recovery/0.0.1`);
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('app');
  await rig.exits(0, 'apply', '--auto-approve');
  expect(await readFile(placed)).toEqual(program);
  expect(existsSync(`${rig.stateDir}/recovery/0.0.1`)).toBe(false);
});

it('what a killed installation left is removed by the next one, or named where somebody else may be writing', async () => {
  await rig.exits(0, 'install-recovery');
  const left = '.setpoint-0123456789abcdef.tmp';
  const program = await readlink(`${rig.stateDir}/recovery/current`);
  const own = [`${rig.stateDir}/recovery/${left}`, `${rig.stateDir}/recovery/${program}/${left}`];
  const unit = rig.real(`${UNITS}/${left}`);
  for (const path of [...own, unit]) await writeFile(path, 'half');
  await rig.exits(0, 'install-recovery');
  expect(own.filter((path) => existsSync(path))).toEqual([]);
  expect(await doctor()).toContain(`killed: ${unit}`);
  expect(existsSync(unit)).toBe(true);
  await rm(unit);
  expect(await doctor()).toMatch(/installed and enabled$/);
});
