import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of the page as a shell runs it, with `setpoint` on PATH. */
function shell(command: string): Promise<Ended> {
  const env = { ...rig.env, PATH: `${join(rig.dir, 'bin')}:${rig.env['PATH'] ?? ''}` };
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { cwd: rig.workspace.dir, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, stdout, stderr });
    });
  });
}

async function declare(v: string): Promise<void> {
  await rig.workspace.plan('s', flagPlan(SCHEDULER, { v }));
  await rig.workspace.commit(`v ${v}`);
}

async function edit(from: string, to: string): Promise<void> {
  await rig.put(SCHEDULER, (await rig.read(SCHEDULER)).replace(from, to), 0o600);
}

it('the page on saved change sets can be followed: its commands exit as it says, with what it shows', async () => {
  const text = await readFile(join(TOP, 'docs/guide/saved-sets.md'), 'utf8');
  const [record = '', plan = '', apply = '', markdown = '', json = '', ...again] = text
    .split('\n')
    .filter((line) => /^ {4}setpoint/.test(line));
  expect(again).toEqual([record, plan]);
  await mkdir(join(rig.dir, 'bin'));
  const program = join(rig.dir, 'bin/setpoint');
  const call = `'${process.execPath}' '${TOP}bin/run.js' "$@" --root '${rig.root}'`;
  await writeFile(
    program,
    `#!/bin/sh\ncase $1 in apply) set -- "$@" --offline ;; esac\nexec ${call}\n`,
  );
  await chmod(program, 0o755);
  await declare('2');
  for (const command of [record, plan, apply])
    expect(await shell(command)).toMatchObject({ code: 0 });

  await declare('4');
  expect(await shell(plan)).toMatchObject({ code: 0 });
  await edit('--v=2', '--v=9');
  await rig.put(SCHEDULER, `# ask ops first\n${await rig.read(SCHEDULER)}`, 0o600);
  const [, shown = ''] = /```text\n([^]*?)```/.exec(text) ?? [];
  const refused = await shell(apply);
  expect(refused.code).toBe(6);
  expect(refused.stderr.replace(/set [0-9a-f]{12}/, '')).toContain(
    shown.replace(/set [0-9a-f]{12}/, ''),
  );
  expect(await shell(markdown)).toMatchObject({ code: 6, stdout: '' });
  expect(await readFile(join(rig.workspace.dir, 'comment.md'), 'utf8')).toContain(
    '<<<<<<< theirs\n    - --v=9\n',
  );
  const { error } = JSON.parse((await shell(json)).stdout) as { error: { conflicts: unknown } };
  expect(error.conflicts).toMatchObject([
    {
      path: SCHEDULER,
      overlap: true,
      again: 'overlaps',
      regions: [{ by: 'theirs' }, { by: 'overlap' }],
    },
  ]);

  // It has drifted by now: without the record only the hash of what the next set sees would be known.
  expect(await shell(record)).toMatchObject({ code: 2 });
  expect(await shell(plan)).toMatchObject({ code: 0 });
  await edit('--v=9', '--v=8');
  const kept = await shell(apply);
  expect(kept.code).toBe(6);
  expect(kept.stderr).toContain('||||||| base, which the set saw\n      - --v=9\n');
});
