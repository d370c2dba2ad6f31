import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { ENTRY } from './rig/setpoint-process.ts';

const run = promisify(execFile);
const rigs: Rig[] = [];
afterEach(() => Promise.all(rigs.splice(0).map((rig) => rig.close())));

interface Machine {
  readonly clone: string;
  readonly env: Readonly<Record<string, string>>;
  readonly umask: string;
}

/** The saved set as text, without time and actor, and what it was saved to. */
async function planned({ root, dir }: Rig, { clone, env, umask }: Machine) {
  const file = join(dir, 'set.json');
  const plan = `umask ${umask}; exec "$0" "$1" plan --out "$2" --root "$3"`;
  const args = ['-c', plan, process.execPath, ENTRY, file, root];
  await run('sh', args, { cwd: clone, env });
  const text = await readFile(file, 'utf8');
  return { file, text: text.replaceAll(/^ {4}"(createdAt|actor)": ".*",$/gm, '') };
}

it('two machines, users, checkouts, time zones, languages and umasks give the same bytes but time and actor, and apply each other’s', async () => {
  const [one, two] = [await createRig(), await createRig()] as const;
  rigs.push(one, two);
  const { workspace } = one;
  await workspace.write('files/app.conf', 'grüße\n');
  await workspace.plan('app', filePlan().replace(/content: .*/, 'source: files/app.conf'));
  await workspace.plan(
    's',
    flagPlan('/etc/kubernetes/manifests/kube-scheduler.yaml', { v: '2', profiling: 'false' }),
  );
  await workspace.commit('two plans');
  const clone = join(two.dir, 'ci', 'builds', '7');
  await workspace.git('clone', '--quiet', `file://${workspace.dir}`, clone);
  const first = await planned(one, { clone: workspace.dir, env: one.env, umask: '022' });
  const second = await planned(two, {
    clone,
    env: {
      ...two.env,
      TZ: 'Pacific/Apia',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      USER: 'eve',
    },
    umask: '077',
  });
  expect(second.text).toBe(first.text);
  expect(first.text).toContain('"digest": "sha256:');
  await writeFile(second.file, await readFile(first.file));
  const { code } = await two.setpointIn(clone, ['apply', second.file, '--no-guardian']);
  expect(code).toBe(0);
  expect(await two.read('/etc/app/app.conf')).toBe('grüße\n');
});
