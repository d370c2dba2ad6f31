import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseWorkspaceConfig } from '../../src/plan/files/parse-workspace.ts';
import { DEFAULT_RETENTION } from '../../src/model/backup.ts';
import type { WorkspacePath } from '../../src/model/brand.ts';
import type { BackupListResult } from '../../src/operations/results.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const CONF = '/etc/app/app.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function guide(): Promise<string> {
  return readFile(join(TOP, 'docs/guide/backups.md'), 'utf8');
}

it('each command of the guide exits 0, and its restore gives the old bytes', async () => {
  await mkdir(join(rig.dir, 'bin'));
  const script = join(rig.dir, 'bin/setpoint');
  await writeFile(
    script,
    `#!/bin/sh\nexec '${process.execPath}' '${TOP}bin/run.js' "$@" --root '${rig.root}'\n`,
  );
  await chmod(script, 0o755);
  await rig.put(CONF, 'level = 0\n');
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
  await rig.applied();
  const { result } = (await rig.exits(0, 'backup', 'list', '--json')).json<BackupListResult>();
  const run = result.snapshots[0]?.run ?? '';
  const commands = (await guide()).split('\n').filter((line) => /^ {4}setpoint/.test(line));
  expect(commands).toHaveLength(10);
  const env = { ...rig.env, PATH: `${join(rig.dir, 'bin')}:${rig.env['PATH'] ?? ''}` };
  const options = { cwd: rig.workspace.dir, env };
  for (const command of commands) {
    await promisify(execFile)('sh', ['-ec', command.replace('RUN', run)], options);
  }
  expect(await rig.read(CONF)).toBe('level = 0\n');
});

it('the defaults that the guide shows are the defaults', async () => {
  const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(await guide()) ?? [];
  const parsed = parseWorkspaceConfig(yaml, 'setpoint.yaml' as WorkspacePath);
  expect(parsed.ok && parsed.value.backups.rules).toEqual(DEFAULT_RETENTION);
});
