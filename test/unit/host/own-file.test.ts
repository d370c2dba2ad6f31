import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunReport } from '../../../src/apply/journal/report-file.ts';
import { appendAudit, auditFile } from '../../../src/git/audit/audit-log.ts';
import { systemClock } from '../../../src/host/clock.ts';
import { ofdLocks } from '../../../src/host/locks.ts';
import { openOwnFile, readOwnText } from '../../../src/host/own-file.ts';
import type { Millis, RealPath, RunId } from '../../../src/model/brand.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const { O_RDONLY, O_WRONLY, O_APPEND, O_CREAT } = constants;

function pipe(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

test('a file is opened, made and read', () => {
  const file = join(temporaryDirectory(), 'log');
  closeSync(openOwnFile(file, O_WRONLY | O_APPEND | O_CREAT, 0o600));
  writeFileSync(file, 'text');
  expect(readOwnText(file)).toBe('text');
});

test.each([
  ['read', O_RDONLY],
  ['appended to', O_WRONLY | O_APPEND],
])('a named pipe that would be %s is said to be one', (_, flags) => {
  const file = pipe(join(temporaryDirectory(), 'log'));
  expect(() => openOwnFile(file, flags)).toThrow(/^a named pipe (or socket )?stands there/);
});

test('a directory is still told as one', () => {
  expect(() => openOwnFile(temporaryDirectory(), O_RDONLY)).toThrow(
    expect.objectContaining({ code: 'EISDIR' }),
  );
});

test('neither lock, audit log nor report waits at a named pipe', async () => {
  const dir = temporaryDirectory();
  const locks = ofdLocks(systemClock, 'boot');
  const lock = pipe(join(dir, 'lock')) as RealPath;
  const instead = expect.stringContaining('a named pipe stands there instead of a file');
  const refusal = (code: string): object => ({ diagnostics: [{ code, message: instead }] });
  await expect(locks.acquire(lock, 'test', 0 as Millis)).rejects.toMatchObject(refusal('SP6021'));
  await expect(locks.holder(lock)).rejects.toMatchObject(refusal('SP6021'));
  pipe(auditFile(dir));
  const event = { event: 'run-started', run: 'r', at: '2026-01-01T00:00:00Z' } as never;
  await expect(appendAudit(dir, event)).rejects.toMatchObject(refusal('SP5052'));
  mkdirSync(join(dir, 'runs/1'), { recursive: true });
  pipe(join(dir, 'runs/1/report.json'));
  expect(() => readRunReport(dir as RealPath, '1' as RunId)).toThrow(/a named pipe/);
});
