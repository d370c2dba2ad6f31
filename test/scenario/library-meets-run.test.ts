import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HostPath, Millis } from '../../src/model/brand.ts';
import { updateFile } from '../../src/operations/update-file.ts';
import { applyInGateWait, CONF, planLevelTwo } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { openLibrary } from './rig/library.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

it('a library write of a file of a run that is at work exits 5 and does not even look at it; other files are free', async () => {
  const running = await applyInGateWait(rig, '--no-guardian');
  const session = await openLibrary(rig, 50);
  let looked = false;
  const write = updateFile(session, CONF, () => {
    looked = true;
    return Buffer.from('of a program\n');
  });
  await expect(write).rejects.toMatchObject({ exitCode: 5 });
  expect(looked).toBe(false);
  await updateFile(session, '/etc/app/other.conf', () => Buffer.from('other\n'));
  await rig.mark('open');
  expect((await running.result).code).toBe(0);
  expect(await rig.read(CONF)).toBe('level = 2\n');
});

it('a run waits for the library write of its file, and exits 5 with nothing changed when that does not end', async () => {
  await planLevelTwo(rig);
  const { host } = await openLibrary(rig);
  const held = await host.pathLocks.acquire([CONF as HostPath], 5000 as Millis);
  const refused = await rig.exits(5, 'apply', '--auto-approve', '--lock-timeout', '50ms');
  expect(refused.stdout).toContain('SP6080');
  expect(await rig.read(CONF)).toBe('level = 1\n');
  held.release();
  await rig.mark('open');
  await rig.applied();
  expect(await rig.read(CONF)).toBe('level = 2\n');
});
