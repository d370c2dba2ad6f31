import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createExclusively, writeDurably } from '../../../src/host/durable.ts';
import { stageFile } from '../../../src/host/stage-file.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { mount, mountProblem } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** 1 MiB of tmpfs with a 400 KiB file: the next 800 KiB are written in part, without an error from that write(2). */
function smallDisk(): { readonly directory: string; readonly path: string } {
  const directory = temporaryDirectory();
  mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory);
  const path = join(directory, 'target');
  writeFileSync(path, Buffer.alloc(400 * 1024, 'o'));
  return { directory, path };
}

const BIG = Buffer.alloc(800 * 1024, 'n');

describe.skipIf(mountProblem)('a full disk (needs root: mounts a 1 MiB tmpfs)', () => {
  test('writeDurably keeps the old file whole and says SP6010', async () => {
    const { directory, path } = smallDisk();
    const error = await errorOf(() => writeDurably(path, BIG, 0o600));
    expect(error.exitCode).toBe(1);
    expect(error.diagnostics[0]).toMatchObject({
      code: 'SP6010',
      message: `cannot write ${path}: no space left on its file system`,
    });
    expect(error.diagnostics[0]?.help).toContain('df -i');
    expect(readFileSync(path).equals(Buffer.alloc(400 * 1024, 'o'))).toBe(true);
    expect(readdirSync(directory)).toEqual(['target']);
  });

  test('createExclusively leaves nothing under the name', async () => {
    const { directory } = smallDisk();
    const path = join(directory, 'decision');
    const error = await errorOf(() => createExclusively(path, BIG, 0o600));
    expect(error.diagnostics[0]?.code).toBe('SP6010');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(directory)).toEqual(['target']);
  });

  test('stageFile leaves no partial file', async () => {
    const { directory, path } = smallDisk();
    const error = await errorOf(() =>
      stageFile({ directory, name: 'new', bytes: BIG, like: path as RealPath, mode: 0o600 }),
    );
    expect(error.diagnostics[0]?.code).toBe('SP6010');
    expect(readdirSync(directory)).toEqual(['target']);
  });
});
