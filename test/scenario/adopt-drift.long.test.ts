import { chmod, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AdoptResult } from '../../src/operations/adopting/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { treeSnapshot } from './rig/tree-snapshot.ts';

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const CONF = '/etc/app/app.conf';

/** A plan as a person writes it. */
const PLAN = `setpoint: v1
name: api
description: How the API server logs   # ticket 4711

vars:
  v: 2   # everywhere
resources:
  flags:
    kind: manifest
    path: ${MANIFEST}
    flags:
      profiling: 'false'   # measured, costs nothing
      v: \${vars.v}
    gates: []
  conf:   # not by hand
    kind: file
    path: ${CONF}
    source: files/app.conf
`;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.write('plans/api.yaml', PLAN);
  await rig.workspace.write('files/app.conf', 'level = 1\n', 0o640);
  await rig.workspace.commit('flags and a file');
  await rig.applied();
});
afterEach(() => rig.close());

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await rig.read(path);
  await rig.put(path, text.replace(from, to));
}

async function adopt(...args: readonly string[]): Promise<AdoptResult> {
  return (await rig.exits(0, 'drift', '--adopt', '--json', ...args)).json<AdoptResult>().result;
}

/** Changed lines of the workspace, as git sees them. */
async function changedLines(): Promise<readonly string[]> {
  const diff = await rig.workspace.git('diff', '--unified=0');
  return diff.split('\n').filter((line) => /^[-+][^-+]/.test(line));
}

it('what somebody changed by hand is written into the plan, committed, and only recorded', async () => {
  await edit(MANIFEST, '--profiling=false', '--profiling=true');
  await edit(MANIFEST, '--v=2', '--v=9');
  await rig.put(CONF, 'level = 2\n');
  await chmod(rig.real(MANIFEST), 0o600);
  const host = await treeSnapshot(rig.root);

  const shown = await rig.exits(0, 'drift', '--adopt', '--dry-run');
  expect(shown.stdout).toContain("+      profiling: 'true'   # measured, costs nothing");
  expect(shown.stdout).toMatch(/Nothing was written: --dry-run\.\n$/);
  expect(await changedLines()).toEqual([]);

  const ran = await rig.exits(0, 'drift', '--adopt');
  expect(ran.stdout).toContain('--- a/plans/api.yaml');
  expect(ran.stdout).toMatch(
    /Wrote 3 items of .* into 2 workspace files\. Next: review and commit, then setpoint apply .*\n$/,
  );
  expect(await changedLines()).toEqual([
    '-level = 1',
    '+level = 2',
    '+hostVars:',
    expect.stringMatching(/^\+ {2}\S+:$/),
    '+    v: 9',
    "-      profiling: 'false'   # measured, costs nothing",
    "+      profiling: 'true'   # measured, costs nothing",
  ]);
  expect((await stat(join(rig.workspace.dir, 'files/app.conf'))).mode & 0o777).toBe(0o640);
  expect(await treeSnapshot(rig.root)).toEqual(host);

  await chmod(rig.real(MANIFEST), 0o640);
  expect(await adopt()).toMatchObject({
    items: [],
    files: [],
    written: false,
    pending: 3,
    warnings: [{ message: `mode or owner of ${MANIFEST} drifted, which no plan declares` }],
  });
  await chmod(rig.real(MANIFEST), 0o600);
  expect((await rig.exits(0, 'drift', '--adopt', CONF)).stdout).toContain('Nothing left to adopt');

  await rig.workspace.commit('Keep what was changed by hand');
  const inodes = await Promise.all([CONF, MANIFEST].map((path) => stat(rig.real(path))));
  await rig.applied();
  expect((await rig.exits(0, 'drift')).stdout).toContain('No drift');
  for (const [index, path] of [CONF, MANIFEST].entries()) {
    const { ino, mtimeMs } = await stat(rig.real(path));
    expect({ ino, mtimeMs }).toEqual({ ino: inodes[index]?.ino, mtimeMs: inodes[index]?.mtimeMs });
  }
});

it('items are chosen by name; nothing is written when one of them cannot be adopted', async () => {
  await edit(MANIFEST, / *- --profiling=false\n/, '');
  await rig.put(CONF, 'level = 2\n');
  const unknown = await rig.exits(64, 'drift', '--adopt', 'api/flags/profilng');
  expect(unknown.stderr).toContain('did you mean "api/flags/profiling"?');
  expect((await rig.exits(64, 'drift', '--adopt', `${MANIFEST}#v`)).stderr).toContain(
    `drifted: ${CONF}#content, ${MANIFEST}#profiling`,
  );
  expect((await rig.exits(64, 'drift', CONF)).stderr).toContain('only with --restore or --adopt');
  await rig.exits(64, 'drift', '--dry-run');

  // The source leads to another place: that is not the workspace's to change.
  const source = join(rig.workspace.dir, 'files/app.conf');
  await rm(source);
  await symlink(join(rig.dir, 'outside'), source);
  await rig.exits(65, 'drift', '--adopt');
  await rm(source);
  await rig.workspace.write('files/real.conf', 'level = 1\n');
  await symlink('real.conf', source);
  const untracked = await rig.exits(65, 'drift', '--adopt');
  expect(untracked.stderr).toContain('SP3089]: files/app.conf has changes that are not committed');
  expect(await readFile(join(rig.workspace.dir, 'files/real.conf'), 'utf8')).toBe('level = 1\n');
  await rig.workspace.commit('the source is a link');
  const { items, files } = await adopt();
  expect(items.map(({ label, live }) => [label, live?.length ?? null])).toEqual([
    ['content', 64],
    ['--profiling', null],
  ]);
  expect(files.map(({ path }) => path)).toEqual(['files/app.conf', 'plans/api.yaml']);
  expect(await readFile(join(rig.workspace.dir, 'files/real.conf'), 'utf8')).toBe('level = 2\n');
  expect(await readFile(join(rig.workspace.dir, 'plans/api.yaml'), 'utf8')).toBe(
    PLAN.replace("'false'", 'null'),
  );
});

it('content that is recorded without a copy is neither shown nor written; the mode beside it is', async () => {
  const key = ['-----BEGIN', 'PRIVATE', 'KEY-----\nMIIE\n'].join(' ');
  const said = `path: ${CONF}\n    mode: '0640'\n    record: digest`;
  await rig.workspace.write('plans/api.yaml', PLAN.replace(`path: ${CONF}`, said));
  await rig.workspace.commit('no copies');
  await rig.applied();
  for (const live of ['word = hunter2\n', key]) {
    await rig.put(CONF, live);
    for (const args of [['--dry-run'], ['--dry-run', '--json'], []]) {
      const { stdout, stderr } = await rig.exits(65, 'drift', '--adopt', ...args);
      expect(stderr).toContain(`SP3083]: content of ${CONF} is not written into the workspace`);
      expect(stdout + stderr).not.toMatch(/hunter2|MIIE/);
    }
  }
  await chmod(rig.real(CONF), 0o600);
  await adopt(`${CONF}#mode`);
  expect(await changedLines()).toEqual(["-    mode: '0640'", "+    mode: '0600'"]);
});

it('what only the working tree has is not overwritten; an item beside it is adopted', async () => {
  await edit(MANIFEST, '--profiling=false', '--profiling=true');
  await edit(MANIFEST, '--v=2', '--v=9');
  const edited = PLAN.replace("'false'", "'maybe'");
  await rig.workspace.write('plans/api.yaml', edited);
  const { stderr } = await rig.exits(65, 'drift', '--adopt');
  expect(stderr).toContain(`--profiling of ${MANIFEST} would overwrite them`);
  expect(stderr).toMatch(/adopt the others by name: .*#v'/);
  expect(await readFile(join(rig.workspace.dir, 'plans/api.yaml'), 'utf8')).toBe(edited);
  await adopt(`${MANIFEST}#v`);
  await rig.workspace.commit('edited');
  await adopt(`${MANIFEST}#profiling`);
  expect(await changedLines()).toHaveLength(2);
});
