import { access, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { treeSnapshot } from './rig/tree-snapshot.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

describe('what a pull request can make plan and validate do', () => {
  it('executes nothing that a plan file names, and writes nothing on the host', async () => {
    const marker = join(rig.dir, 'executed');
    const touch = `run: [touch, ${JSON.stringify(marker)}]`;
    await rig.workspace.plan(
      'a',
      filePlan({
        gates: [`{kind: command, ${touch}}`],
        extra: `    audits: [{kind: command, ${touch}}]\n    onChange: [{${touch}}]`,
        planGates: [`{kind: command, ${touch}}`],
      }),
    );
    await rig.workspace.commit('a');
    const before = await treeSnapshot(rig.root);
    await rig.exits(0, 'validate');
    await rig.exits(0, 'plan', '--diff');
    expect(await exists(marker)).toBe(false);
    expect(await treeSnapshot(rig.root)).toEqual(before);
    // The same commands do run at apply: the test would see them.
    await rig.applied();
    expect(await exists(marker)).toBe(true);
  });

  it.each(['file://EVIL', 'ext::touch MARKER', 'ssh://-oProxyCommand=touch${IFS}MARKER/x'])(
    'asks a remote for recorded state that it names, but starts no program for that: %s',
    async (address) => {
      const [marker, evil] = [join(rig.dir, 'executed'), join(rig.workspace.dir, 'evil.git')];
      const git = (...args: readonly string[]) => rig.workspace.git(`--git-dir=${evil}`, ...args);
      await rig.workspace.git('init', '--quiet', '--bare', evil);
      for (const key of ['uploadpack.packObjectsHook', 'core.fsmonitor', 'core.sshCommand']) {
        await git('config', key, `touch ${marker}`);
      }
      // Somebody needs remote helpers for something else.
      await writeFile(join(rig.env['HOME'] ?? '', '.gitconfig'), '[protocol]\n\tallow = always\n');
      const remote = address.replace('EVIL', evil).replace('MARKER', marker);
      await rig.workspace.write(
        'setpoint.yaml',
        `name: platform\nstate: {remote: ${JSON.stringify(remote)}}\n`,
      );
      await rig.workspace.plan('a', filePlan());
      await rig.workspace.git('add', 'setpoint.yaml', 'plans');
      await rig.workspace.git('commit', '--quiet', '--message', 'a');
      const before = await treeSnapshot(rig.root);
      await rig.setpoint('plan');
      expect(await exists(marker)).toBe(false);
      expect(await treeSnapshot(rig.root)).toEqual(before);
    },
  );

  it('reads no source outside the workspace, not even through a link', async () => {
    const secret = join(rig.dir, 'secret');
    await writeFile(secret, 'do not copy me\n');
    await symlink(secret, join(rig.workspace.dir, 'innocent'));
    const plan = filePlan().replace(/content: .*/, 'source: innocent');
    await rig.workspace.plan('a', plan);
    await rig.workspace.commit('a');
    const result = await rig.exits(65, 'plan', '--diff');
    expect(result.stderr).toContain('outside the workspace');
    expect(result.stdout + result.stderr).not.toContain('do not copy me');
  });
});
