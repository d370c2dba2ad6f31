import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-package-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('the published package runs with nothing but the dependencies that it declares', async () => {
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], { cwd: TOP });
  await run('sh', ['-ec', 'tar xzf setpoint-*.tgz'], { cwd: dir });
  const top = join(dir, 'package');
  const { dependencies, bin } = JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    bin: { setpoint: string };
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(top, 'node_modules', name);
    await mkdir(join(link, '..'), { recursive: true });
    await symlink(join(TOP, 'node_modules', name), link);
  }
  const setpoint = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [join(top, bin.setpoint), ...args], { cwd: dir })).stdout;
  expect(await setpoint('--version')).toMatch(/^setpoint \d/);
  expect(await setpoint('explain', 'SP3020')).toContain('SP3020');
  expect(await setpoint('schema', 'plan')).toContain('urn:setpoint:schema:plan:v1');
  const root = join(dir, 'root');
  await mkdir(join(root, 'etc/setpoint'), { recursive: true });
  const doctor = await setpoint('doctor', '--root', root, '--host', 'h1');
  expect(doctor).toContain('kernel locks available');
});
