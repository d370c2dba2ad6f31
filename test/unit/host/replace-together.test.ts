import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { isRoot } from './privileges.ts';
import { replaceTogether } from '../../../src/host/replace-together.ts';
import type { RealPath } from '../../../src/model/brand.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-replace-'));
  writeFileSync(join(dir, 'a'), 'old a', { mode: 0o640 });
  writeFileSync(join(dir, 'b'), 'old b');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function replacement(name: string, before = `old ${name}`) {
  const path = join(dir, name) as RealPath;
  return { path, before: Buffer.from(before), after: Buffer.from(`new ${name}`) };
}

function contents(): Record<string, string> {
  const names = readdirSync(dir).filter((name) => statSync(join(dir, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
}

describe('files that are replaced together', () => {
  it('all have the new content, and the mode that they had', async () => {
    chmodSync(join(dir, 'a'), 0o640);
    expect(await replaceTogether([replacement('a'), replacement('b')])).toBeNull();
    expect(contents()).toEqual({ a: 'new a', b: 'new b' });
    expect(statSync(join(dir, 'a')).mode & 0o7777).toBe(0o640);
  });

  it.runIf(isRoot)('belong to whom they belonged, also when root replaces them', async () => {
    chownSync(join(dir, 'a'), 1234, 2345);
    await replaceTogether([replacement('a')]);
    expect(statSync(join(dir, 'a'))).toMatchObject({ uid: 1234, gid: 2345 });
  });

  it('stay as they are when one of them has changed meanwhile', async () => {
    const changed = replacement('b', 'something else');
    expect(await replaceTogether([replacement('a'), changed])).toBe(changed.path);
    expect(contents()).toEqual({ a: 'old a', b: 'old b' });
  });

  it('stay as they are when one of them cannot be written', async () => {
    const missing = replaceTogether([replacement('a'), replacement('c/d')]);
    await expect(missing).rejects.toThrow(/c\/d/);
    expect(contents()).toEqual({ a: 'old a', b: 'old b' });
  });

  it('stay as they are when one of them is gone, or something else stands there', async () => {
    rmSync(join(dir, 'b'));
    mkdirSync(join(dir, 'b'));
    const gone = replacement('b');
    expect(await replaceTogether([replacement('a'), gone])).toBe(gone.path);
    expect(contents()).toEqual({ a: 'old a' });
  });

  it('are put back when a later rename fails', async () => {
    const sub = join(dir, 'sub');
    mkdirSync(sub);
    writeFileSync(join(sub, 'c'), 'old c');
    // Asked for when its new content is complete, which then disappears.
    const robbed = {
      path: join(sub, 'c') as RealPath,
      after: Buffer.from('new c'),
      get before() {
        for (const name of readdirSync(sub)) if (name !== 'c') rmSync(join(sub, name));
        return Buffer.from('old c');
      },
    };
    await expect(replaceTogether([replacement('a'), robbed])).rejects.toThrow(SetpointError);
    expect(contents()).toEqual({ a: 'old a', b: 'old b' });
    expect(readFileSync(join(sub, 'c'), 'utf8')).toBe('old c');
    expect(statSync(join(dir, 'a')).mode & 0o7777).toBe(0o640);
  });
});
