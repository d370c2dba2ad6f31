import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HistoryResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const run = promisify(execFile);

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

/** Commands of the guide's indented blocks, by heading. */
async function commandsOfGuide(): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await readFile(join(TOP, 'docs/guide/first-plan.md'), 'utf8');
  const sections = new Map<string, readonly string[]>();
  for (const section of text.split(/^#+ /m)) {
    const [heading = '', ...lines] = section.split('\n');
    const commands = lines.filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim());
    if (commands.length > 0) sections.set(heading, commands);
  }
  return sections;
}

/**
 * A `setpoint` on PATH that works on the rig's host. Nothing runs there and nobody sits at a terminal, so an apply is told
 * what a person or a running component would otherwise answer.
 */
async function installSetpoint(bin: string): Promise<void> {
  await mkdir(bin);
  const script = `#!/bin/sh
verb=$1
case "$verb:$*" in
  apply:*.json | apply:*--auto-approve*) set -- "$@" --offline ;;
  apply:*) set -- "$@" --offline --auto-approve ;;
esac
exec '${process.execPath}' '${TOP}bin/run.js' "$@" --root '${rig.root}'
`;
  await writeFile(join(bin, 'setpoint'), script);
  await chmod(join(bin, 'setpoint'), 0o755);
}

it('the guide can be followed: each of its commands exits 0, and the way back gives the same bytes', async () => {
  const bin = join(rig.dir, 'bin');
  await installSetpoint(bin);
  const env = { ...rig.env, PATH: `${bin}:${rig.env['PATH'] ?? ''}`, GIT_EDITOR: 'true' };
  const workspace = join(rig.dir, 'control-planes');
  const planFile = join(workspace, 'plans/kube-apiserver.yaml');
  const edit = async (flag: string): Promise<void> =>
    writeFile(planFile, `${(await readFile(planFile, 'utf8')).trimEnd()}\n      ${flag}\n`);
  const shell = async (command: string, cwd: string): Promise<string> =>
    (await run('sh', ['-ec', command], { cwd, env })).stdout;
  const after = new Map<string, string>();
  const byHand: Readonly<Record<string, () => Promise<void>>> = {
    'Change something': () => edit('profiling: false'),
    'In a pipeline': async () => {
      await edit('v: 2');
      await shell("git commit -qam 'say more'", workspace);
    },
  };

  const guide = await commandsOfGuide();
  expect([...guide.keys()]).toEqual([
    'A first plan',
    'Begin with what is there',
    'Change something',
    'In a pipeline',
    'Go back',
    'When something is in the way',
  ]);
  let cwd = rig.dir;
  for (const [heading, commands] of guide) {
    await byHand[heading]?.();
    for (const command of commands) {
      const run = await lastRun(command, shell, cwd);
      await shell(command.replace('RUN', run), cwd);
      if (command.includes('cd control-planes')) cwd = workspace;
    }
    after.set(heading, await rig.read(MANIFEST));
  }
  expect(after.get('Change something')).toContain('--profiling=false');
  expect(after.get('In a pipeline')).toContain('--v=2');
  expect(after.get('Go back')).toBe(after.get('Change something'));
});

async function lastRun(
  command: string,
  shell: (command: string, cwd: string) => Promise<string>,
  cwd: string,
): Promise<string> {
  if (!command.includes('RUN')) return '';
  const { result } = JSON.parse(await shell('setpoint history --json', cwd)) as {
    result: HistoryResult;
  };
  return result.entries[0]?.run ?? '';
}
