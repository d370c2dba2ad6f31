import { execFile } from 'node:child_process';
import { cp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planLevelTwo } from './rig/gate-wait.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig();
});
afterEach(() => rig.close());

it('an apply whose installation is removed during the gate wait still gives its answer', async () => {
  const installed = join(rig.dir, 'installed');
  for (const name of ['bin', 'dist', 'schemas', 'package.json', 'oclif.manifest.json']) {
    await cp(join(TOP, name), join(installed, name), { recursive: true });
  }
  await symlink(join(TOP, 'node_modules'), join(installed, 'node_modules'));
  await planLevelTwo(rig);
  const args = [join(installed, 'bin/run.js'), 'apply', '--auto-approve', '--root', rig.root];
  const options = { cwd: rig.workspace.dir, env: rig.env };
  const running = promisify(execFile)(process.execPath, args, options);
  await Promise.race([waitForFile(`${rig.dir}/asked`), running]);
  await rm(installed, { recursive: true });
  await writeFile(`${rig.dir}/open`, '');
  expect((await running).stdout).toContain('Applied');
});
