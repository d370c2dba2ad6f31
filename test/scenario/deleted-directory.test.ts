import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONF } from './rig/gate-wait.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { ENTRY } from './rig/setpoint-process.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
});
afterAll(() => rig.close());

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Runs the command in a directory that is deleted before it starts. */
function inDeletedDirectory(...args: readonly string[]): Promise<Ended> {
  const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
  const words = ['-c', script, 'sh', process.execPath, ENTRY, ...args];
  const child = spawn('sh', words, { cwd: rig.dir, env: { ...rig.env } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => (text += bytes.toString()));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

describe('in a working directory that was deleted', () => {
  it('a command that needs a workspace says that it cannot look for one', async () => {
    const { code, text } = await inDeletedDirectory('plan', '--root', rig.root);
    expect(text).toContain('error[SP3060]: no workspace can be looked for');
    expect(text).toContain('-C DIR');
    expect(code).toBe(64);
  });

  it.each([
    ['--root', ['locks', '--root', 'root']],
    ['-C', ['validate', '-C', 'workspace']],
    ['--out', ['plan', '--root', '/', '--out', 'plan.json']],
  ])('a relative %s is refused and never taken from /', async (flag, args) => {
    const { code, text } = await inDeletedDirectory(...args);
    expect(text).toContain(`error[SP9010]: ${flag} ${args.at(-1) ?? ''}: relative`);
    expect(code).toBe(64);
  });

  it.each([[['--help']], [['plan', '--help']], [['explain', 'SP3060']], [['schema', 'plan']]])(
    '%j works',
    async (args) => {
      expect(await inDeletedDirectory(...args)).toMatchObject({ code: 0 });
    },
  );

  it('a whole apply works with absolute paths, and so does looking at it', async () => {
    const given = ['--root', rig.root];
    const chosen = ['-C', rig.workspace.dir, ...given];
    expect(await inDeletedDirectory('apply', '--auto-approve', ...chosen)).toMatchObject({
      code: 0,
    });
    expect(await rig.read(CONF)).toBe('level = 1\n');
    for (const words of [['status'], ['locks'], ['history'], ['recover'], ['doctor']]) {
      const { code, text } = await inDeletedDirectory(...words, ...given);
      expect({ words, code, text }).toMatchObject({ code: 0 });
    }
  });
});
