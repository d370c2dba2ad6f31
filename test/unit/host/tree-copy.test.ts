import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyIntoRun, type FileCopy } from '../../../src/host/tree-copy.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function copyOf(directory: string, name: string, text: string, executable = false): FileCopy {
  const from = join(directory, name.replaceAll('/', '-')) as RealPath;
  writeFileSync(from, text);
  const to = join(directory, 'run', name) as RealPath;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { from, to, sha256, executable };
}

describe('copying workspace files into a run', () => {
  test('copies with private modes, in nested directories, and can be repeated', async () => {
    const directory = temporaryDirectory();
    const files = [
      copyOf(directory, 'checks/a.sh', '#!/bin/sh\n', true),
      copyOf(directory, 'files/deep/b', 'content'),
    ];
    await copyIntoRun(files);
    await copyIntoRun(files);
    expect(readFileSync(join(directory, 'run/checks/a.sh'), 'utf8')).toBe('#!/bin/sh\n');
    expect(statSync(join(directory, 'run/checks/a.sh')).mode & 0o7777).toBe(0o700);
    expect(statSync(join(directory, 'run/files/deep/b')).mode & 0o7777).toBe(0o600);
    expect(statSync(join(directory, 'run/files')).mode & 0o7777).toBe(0o700);
  });

  test('changed and vanished files are all told, nothing is written (SP6050, exit 6)', async () => {
    const directory = temporaryDirectory();
    const good = copyOf(directory, 'good', 'x');
    const changed = { ...copyOf(directory, 'changed', 'x'), sha256: 'f'.repeat(64) };
    const gone = { ...copyOf(directory, 'gone', 'x'), from: join(directory, 'none') as RealPath };
    const error = await errorOf(() => copyIntoRun([good, changed, gone]));
    expect(error.exitCode).toBe(6);
    expect(error.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      `${changed.from} has changed since it was planned`,
      `${gone.from} is gone since it was planned`,
    ]);
    expect(existsSync(join(directory, 'run'))).toBe(false);
  });

  test('another file at the destination is not executed in its place', async () => {
    const directory = temporaryDirectory();
    const file = copyOf(directory, 'a', 'x');
    await copyIntoRun([file]);
    writeFileSync(file.to, 'other');
    expect((await errorOf(() => copyIntoRun([file]))).exitCode).toBe(6);
  });
});
