import {
  chmod,
  link,
  mkdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindMount, bindMountMissing, unmount } from '../unit/apply/bind-mount.ts';
import type { PlanResult } from '../../src/operations/results.ts';
import { openLibrary } from './rig/library.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyIn } from './rig/session-at.ts';

const missing = bindMountMissing();
const MOUNTED = '/etc/app/mounted.conf';

function file(path: string, content: string, more = ''): string {
  return `    kind: file\n    path: ${path}\n    content: ${JSON.stringify(content)}\n${more}`;
}

function flags(id: string, more: string): string {
  return `resources:\n  ${id}:\n    kind: manifest\n    path: /etc/kubernetes/manifests/kube-scheduler.yaml\n    flags: { ${id}: "1" }\n    gates: []\n${more}`;
}

/** What is mounted at MOUNTED. */
function source(): string {
  return `${rig.dir}/source`;
}

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await mkdir(rig.real('/etc/app'), { recursive: true });
});
afterEach(() => rig.close());

async function plan(...resources: readonly string[]): Promise<void> {
  const body = resources.map((text, i) => `  r${i}:\n${text}`).join('');
  await rig.workspace.plan('places', `resources:\n${body}`);
  await rig.workspace.commit('Declare');
}

interface Failure {
  readonly diagnostics: readonly { code: string; message: string; help?: string; at?: object }[];
}

async function refused(...args: readonly string[]): Promise<Failure['diagnostics']> {
  const result = await rig.exits(65, ...args, '--json');
  return (JSON.parse(result.stdout) as Failure).diagnostics;
}

describe('a file where others could swap it', () => {
  it('is refused at plan time with place and repair, all of them at once; a file in sync there is fine', async () => {
    await rig.put('/etc/app/open/a', 'same');
    await chmod(rig.real('/etc/app/open'), 0o777);
    await mkdir(rig.real('/etc/app/group'));
    await chmod(rig.real('/etc/app/group'), 0o777);
    await plan(file('/etc/app/open/a', 'same'));
    await rig.exits(0, 'plan');
    await plan(
      file('/etc/app/open/a', 'other'),
      file('/etc/app/group/new/b', 'b'),
      file('/etc/app/open/c', 'c'),
    );
    const problems = await refused('plan');
    expect(problems.map(({ code }) => code)).toEqual(['SP6063', 'SP6063']);
    expect(problems[0]?.message).toContain('(and 1 more file)');
    expect(problems[0]?.help).toBe(`\`chmod o-w ${rig.real('/etc/app/open')}\``);
    expect(problems[0]?.at).toMatchObject({ file: 'plans/places.yaml', line: 4 });
    expect(await refused('apply', '--auto-approve')).toHaveLength(2);
    expect(await rig.read('/etc/app/open/a')).toBe('same');
  });
});

it.each(['/etc/app/file/below', `/etc/app/${'n'.repeat(256)}`])(
  'a path that leads nowhere asks for another one, not for root: %s',
  async (path) => {
    await rig.put('/etc/app/file', 'a');
    await plan(file(path, 'b'));
    expect((await refused('plan'))[0]?.help).toContain('name another path');
  },
);

it.each([
  ['SP6063', 'its directory is opened to everybody', () => chmod(rig.real('/etc/app/way'), 0o777)],
  [
    'SP6066',
    'the way to it is led into the state directory',
    async () => {
      await rm(rig.real('/etc/app/way'), { recursive: true });
      await symlink('/var/lib/setpoint', rig.real('/etc/app/way'));
    },
  ],
])(
  '%s again under the lock: after the plan was approved %s, and nothing is written',
  async (code, _what, spoil) => {
    await rig.put('/etc/app/way/a', 'old');
    await plan(file('/etc/app/way/a', 'new'));
    const approve = async (): Promise<boolean> => {
      await spoil();
      return true;
    };
    await expect(applyIn(await openLibrary(rig), { approve })).rejects.toMatchObject({
      exitCode: 65,
      diagnostics: [{ code }],
    });
    const now = await readFile(rig.real('/etc/app/way/a'), 'utf8').catch(() => 'old');
    expect(now).toBe('old');
  },
);

it('an empty directory is a wrong command line', async () => {
  await plan(file('/etc/app/a', 'a'));
  expect((await rig.exits(64, 'plan', '-C', '')).stderr).toContain('-C is empty');
});

it('a symlinked target stays a symlink, and what it leads to is written', async () => {
  await rig.put('/etc/app/real.conf', 'old\n');
  await symlink('real.conf', rig.real('/etc/app/link.conf'));
  await plan(file('/etc/app/link.conf', 'new\n'));
  await rig.applied();
  expect(await readlink(rig.real('/etc/app/link.conf'))).toBe('real.conf');
  expect(await rig.read('/etc/app/real.conf')).toBe('new\n');
});

it('a hard-linked file is refused with what to do, and written in place by choice', async () => {
  await rig.put('/etc/app/a', 'old\n');
  await link(rig.real('/etc/app/a'), rig.real('/etc/app/b'));
  await plan(file('/etc/app/a', 'new\n'));
  const [problem] = await refused('plan');
  expect(problem).toMatchObject({ code: 'SP3010', at: { line: 4 } });
  const path = rig.real('/etc/app/a');
  expect(problem?.help).toContain(`\`find "$(stat -c %m -- ${path})" -xdev -samefile ${path}\``);
  await plan(file('/etc/app/a', 'new\n', '    write: in-place\n'));
  const { result } = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  const message = expect.stringContaining('is written in place') as string;
  expect(result.set.parts[0]?.warnings[0]).toMatchObject({ code: expect.any(String), message });
  await rig.applied();
  expect(await rig.read('/etc/app/b')).toBe('new\n');
});

it('writing in place neither creates nor deletes, and is no choice for a manifest that is no mount', async () => {
  await plan(file('/etc/app/none', 'x', '    write: in-place\n'));
  expect((await refused('plan'))[0]?.code).toBe('SP6070');
  await rig.put('/etc/app/a', 'old\n');
  await plan('    kind: file\n    path: /etc/app/a\n    absent: true\n    write: in-place\n');
  expect((await refused('plan'))[0]?.code).toBe('SP6070');
  const scheduler = '/etc/kubernetes/manifests/kube-scheduler.yaml';
  await plan(
    `    kind: manifest\n    path: ${scheduler}\n    flags: { v: 3 }\n    gates: []\n    write: in-place\n`,
  );
  expect((await refused('plan'))[0]?.code).toBe('SP6071');
});

it('one file cannot be replaced by one plan and written in place by another', async () => {
  await rig.workspace.plan('one', flags('v', ''));
  await rig.workspace.plan('two', flags('burst', '    write: in-place\n'));
  await rig.workspace.commit('Declare');
  expect((await refused('plan')).map(({ code }) => code)).toContain('SP6072');
});

describe.skipIf(missing !== null)(
  `a bind-mounted file${missing === null ? '' : ` (${missing})`}`,
  () => {
    beforeEach(async () => {
      await writeFile(source(), 'old\n');
      await rig.put(MOUNTED, 'below\n');
      bindMount(source(), rig.real(MOUNTED));
    });
    afterEach(() => unmount(rig.real(MOUNTED)));

    it('is refused, written in place by choice, drift is put right, and a release gives it back', async () => {
      await plan(file(MOUNTED, 'new\n'));
      const [problem] = await refused('plan');
      expect([problem?.code, problem?.help]).toEqual([
        'SP3010',
        'manage the file that is mounted there, or say `write: in-place`',
      ]);
      await plan(file(MOUNTED, 'new\n', '    write: in-place\n'));
      const { ino } = await stat(source());
      await rig.applied();
      expect(await readFile(source(), 'utf8')).toBe('new\n');
      await writeFile(source(), 'drift\n');
      await rig.applied();
      expect(await readFile(source(), 'utf8')).toBe('new\n');
      expect((await rig.exits(0, 'status')).stdout).not.toContain('drifted');
      await rig.workspace.remove('plans/places.yaml');
      await rig.workspace.commit('Give it back');
      await rig.applied();
      expect(await readFile(source(), 'utf8')).toBe('old\n');
      expect((await stat(source())).ino).toBe(ino);
    });

    it('gets its old content back when an audit fails', async () => {
      const audits =
        '    write: in-place\n    audits:\n      - { kind: command, run: ["false"] }\n';
      await plan(file(MOUNTED, 'new\n', audits));
      await rig.exits(3, 'apply', '--auto-approve');
      expect(await readFile(source(), 'utf8')).toBe('old\n');
    });
  },
);
