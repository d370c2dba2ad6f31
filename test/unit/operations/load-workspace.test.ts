import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadWorkspace } from '../../../src/operations/workspace/load-workspace.ts';
import { errorOf } from '../host/diagnostics-of.ts';
import { withoutRoot } from '../host/privileges.ts';

const plan = (name: string): string =>
  `setpoint: v1\nname: ${name}\nresources:\n  r: {kind: file, path: /etc/${name}, content: x}\n`;

let dir: string;
let workspace: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-workspace-'));
  await chmod(dir, 0o755);
  workspace = join(dir, 'workspace');
  await mkdir(join(workspace, 'plans'), { recursive: true });
  await writeFile(join(workspace, 'setpoint.yaml'), 'name: test\n');
  await writeFile(join(dir, 'outside.yaml'), 'root:$6$secret:1::\n');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const inside = (path: string): string => join(workspace, path);
const planFiles = async (): Promise<readonly string[]> =>
  (await loadWorkspace(workspace)).planFiles;

async function complaints(): Promise<readonly string[]> {
  const error = await errorOf(() => loadWorkspace(workspace));
  expect(error.exitCode).toBe(65);
  expect(JSON.stringify(error.diagnostics)).not.toContain('secret');
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe('a plan file or setpoint.yaml that is not an ordinary file of the workspace', () => {
  const refused: readonly [string, (path: string) => unknown, RegExp][] = [
    ['a link outside', (path) => symlink(join(dir, 'outside.yaml'), path), /outside the workspace/],
    ['a link to a device', (path) => symlink('/dev/zero', path), /outside the workspace/],
    ['a named pipe', (path) => execFileSync('mkfifo', [path]), /not a regular file/],
    ['a link to nothing', (path) => symlink('nothing', path), /does not exist/],
    ['larger than a person writes', (path) => writeFile(path, '#'.repeat(2 ** 20 + 1)), /larger/],
  ];
  it.each(refused)(
    'is refused without its content being shown: %s',
    async (_title, make, words) => {
      await make(inside('plans/a.yaml'));
      await rm(inside('setpoint.yaml'));
      await make(inside('setpoint.yaml'));
      const said = await complaints();
      expect(said).toHaveLength(2);
      expect(said[0]).toMatch(/^SP3061 setpoint\.yaml cannot be read: /);
      expect(said[1]).toMatch(/^SP3061 plans\/a\.yaml cannot be read: /);
      for (const line of said) expect(line).toMatch(words);
    },
  );

  it('is refused by place when it is not UTF-8 text', async () => {
    await writeFile(inside('plans/a.yaml'), Buffer.from(`${plan('a')}# caf\xe9\n`, 'latin1'));
    expect(await complaints()).toEqual(['SP1001 this plan file is not UTF-8 text']);
  });

  it('may be a link inside the workspace', async () => {
    await writeFile(inside('shared.yaml'), plan('a'));
    await symlink('../shared.yaml', inside('plans/a.yaml'));
    expect(await planFiles()).toEqual(['plans/a.yaml']);
  });
});

/** `\xff` and the rest: no UTF-8. */
const garbled = (rest: string): Buffer =>
  Buffer.concat([Buffer.from(inside('plans/')), Buffer.from([0xff]), Buffer.from(rest)]);

describe('names that are not UTF-8 text', () => {
  it('of plan files, folders and links are told as what they are, with the way to see them', async () => {
    await writeFile(garbled('a.yaml'), plan('a'));
    await mkdir(garbled('b'));
    await symlink('nowhere', garbled('c'));
    const { diagnostics } = await errorOf(() => loadWorkspace(workspace));
    expect(diagnostics.map(({ message }) => message)).toEqual(
      ['a.yaml', 'b', 'c'].map(
        (name) => `plans/\uFFFD${name} cannot be read: its name is not UTF-8 text`,
      ),
    );
    for (const { help } of diagnostics) expect(help).toContain('ls -b plans');
  });

  it("of files that are no plan files are nobody's matter, and a real U+FFFD is a letter", async () => {
    await writeFile(garbled('notes.txt'), 'x');
    await writeFile(inside('plans/\uFFFD.yaml'), plan('a'));
    expect(await planFiles()).toEqual(['plans/\uFFFD.yaml']);
  });
});

describe('folders of plan files', () => {
  it('are searched also behind links inside the workspace', async () => {
    await mkdir(inside('shared/deep'), { recursive: true });
    await writeFile(inside('shared/deep/a.yaml'), plan('a'));
    await symlink('../shared', inside('plans/team'));
    expect(await planFiles()).toEqual(['plans/team/deep/a.yaml']);
  });

  it('are none only when `plans` does not exist', async () => {
    await rm(inside('plans'), { recursive: true });
    expect(await planFiles()).toEqual([]);
    await symlink('nowhere', inside('plans'));
    expect(await complaints()).toEqual(['SP3061 plans cannot be read: it does not exist']);
    await rm(inside('plans'));
    await writeFile(inside('plans'), '');
    expect(await complaints()).toEqual(['SP3061 plans cannot be read: it is not a folder']);
  });

  it('that cannot be read are not taken for empty ones', async () => {
    await mkdir(inside('plans/closed'));
    await chmod(inside('plans/closed'), 0);
    const closed = 'SP3061 plans/closed cannot be read: permission denied';
    expect(await withoutRoot(complaints)).toEqual([closed]);
    await chmod(inside('plans'), 0);
    expect(await withoutRoot(complaints)).toEqual([
      'SP3061 plans cannot be read: permission denied',
    ]);
    await chmod(inside('plans'), 0o755);
  });

  it.each([
    ['outside the workspace', '../..', /outside the workspace/],
    ['to nothing', '../gone', /does not exist/],
    ['back to a folder above', '.', /the same folder as plans/],
    ['to itself', 'team', /loop of symbolic links/],
  ])('that are links %s are refused', async (_title, text, words) => {
    await symlink(text, inside('plans/team'));
    const said = await complaints();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(words);
  });
});
