import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRoot } from '../../../src/host/root.ts';
import type { HostPath } from '../../../src/model/brand.ts';
import { linkCommands } from '../../../src/operations/drift/link-commands.ts';

const NAME = '/etc/lnk/a.conf' as HostPath;
const WAS = '/etc/real/a.conf' as HostPath;

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
  mkdirSync(join(dir, 'etc/real'), { recursive: true });
  writeFileSync(join(dir, 'etc/real/a.conf'), '');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function commands(name: HostPath, was: HostPath, now: string): readonly string[] {
  const led = { name, was, now: now as HostPath };
  const nothing = { recorded: { files: new Map() }, observed: new Map() };
  return linkCommands(openRoot(dir), { led, ...nothing });
}

test('a directory that took the place of a link is moved aside, and the link is made again', () => {
  mkdirSync(join(dir, 'etc/lnk'));
  const place = join(dir, 'etc/lnk');
  expect(commands(NAME, WAS, NAME)).toEqual([
    `mv -- ${place} ${place}.aside && ln -s -- /etc/real ${place}`,
  ]);
});

test('a link to a directory that was pointed elsewhere is pointed back', () => {
  symlinkSync('other', join(dir, 'etc/lnk'));
  mkdirSync(join(dir, 'etc/other'));
  expect(commands(NAME, WAS, '/etc/other/a.conf')).toEqual([
    `ln -sfn -- /etc/real ${join(dir, 'etc/lnk')}`,
  ]);
});

test('a link in the place of a file is only removed where what it leads to is not that file', () => {
  symlinkSync('real/a.conf', join(dir, 'etc/b.conf'));
  const path = '/etc/b.conf' as HostPath;
  expect(commands(path, path, WAS)).toEqual([`rm -- ${join(dir, 'etc/b.conf')}`]);
});

test('where it cannot be told which link it was, nothing is proposed', () => {
  expect(commands('/etc/x/y.conf' as HostPath, WAS, '/etc/x/y.conf')).toEqual([]);
});
