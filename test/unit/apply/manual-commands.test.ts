import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JournalFile } from '../../../src/apply/journal.ts';
import { manualCommands, quote } from '../../../src/apply/manual-commands.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { stateOfFile } from './run-rig.ts';

function scene() {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "setpoint it's-")));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const target = join(dir, 'a b.conf') as RealPath;
  const old = join(dir, 'old') as RealPath;
  writeFileSync(old, 'old\n', { mode: 0o640 });
  const before = stateOfFile(old);
  writeFileSync(target, 'new\n');
  mkdirSync(join(dir, 'stage'));
  const file = {
    realPath: target,
    before,
    stageDirectory: join(dir, 'stage'),
  } as unknown as JournalFile;
  return { target, old, file };
}

function run(lines: readonly string[]): void {
  for (const line of lines) execFileSync('sh', ['-c', line]);
}

test.each(['inode', 'copy'] as const)(
  'the commands put a kept %s back with its permissions',
  (kept) => {
    const { target, old, file } = scene();
    const lines = manualCommands([{ file, old: { path: old, kept } }], '/' as RealPath);
    expect(lines.at(-1)).toBe('setpoint recover');
    run(lines.slice(0, -1));
    expect(readFileSync(target, 'utf8')).toBe('old\n');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  },
);

test('a file that was absent before is removed', () => {
  const { target, file } = scene();
  run(
    manualCommands([{ file: { ...file, before: null }, old: null }], '/' as RealPath).slice(0, -1),
  );
  expect(statSync(target, { throwIfNoEntry: false })).toBeUndefined();
});

test.each([
  ['/etc/a.conf', '/etc/a.conf'],
  ['a b', "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ['$(x)', "'$(x)'"],
  ['', "''"],
])('a shell reads %j as the same word', (word, quoted) => {
  expect(quote(word)).toBe(quoted);
  expect(execFileSync('sh', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(word);
});
