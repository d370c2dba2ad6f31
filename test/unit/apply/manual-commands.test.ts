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
import type { JournalFile } from '../../../src/apply/journal/journal.ts';
import { manualCommands } from '../../../src/apply/revert/manual-commands.ts';
import type { HostName, RealPath } from '../../../src/model/brand.ts';
import { stateOfFile } from './run-rig.ts';

const HOST = 'cp-1' as HostName;

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
    const lines = manualCommands([{ file, old: { path: old, kept } }], '/' as RealPath, HOST);
    expect(lines.at(-1)).toBe('setpoint recover');
    run(lines.slice(0, -1));
    expect(readFileSync(target, 'utf8')).toBe('old\n');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  },
);

test('a file that was absent before is removed', () => {
  const { target, file } = scene();
  run(
    manualCommands([{ file: { ...file, before: null }, old: null }], '/' as RealPath, HOST).slice(
      0,
      -1,
    ),
  );
  expect(statSync(target, { throwIfNoEntry: false })).toBeUndefined();
});

test("somebody else's version is named and compared before it is replaced", () => {
  const { target, old, file } = scene();
  const theirs = join(file.stageDirectory, 'their version') as RealPath;
  writeFileSync(theirs, 'theirs\n');
  const foreign = { path: theirs, saved: true };
  const lines = manualCommands(
    [{ file, old: { path: old, kept: 'inode' }, foreign }],
    '/' as RealPath,
    HOST,
  );
  expect(lines[0]).toMatch(/^# .*their version is kept as .*their version/u);
  const order = ['# ', 'diff -u ', 'mv -fT ', 'setpoint recover'];
  expect(lines.map((line, i) => line.startsWith(order[i] ?? '?'))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const shown = execFileSync('sh', ['-ec', lines.slice(0, -1).join('\n')], { encoding: 'utf8' });
  expect(shown).toContain('-old\n+theirs\n');
  expect(readFileSync(target, 'utf8')).toBe('old\n');
});

test.each([true, false])(
  'a version that could not be kept is kept by the command that replaces it (old content there: %s)',
  (hasOld) => {
    const { target, old, file } = scene();
    const theirs = join(file.stageDirectory, 'deep', 'theirs') as RealPath;
    const foreign = { path: theirs, saved: false };
    const kept = hasOld ? ({ path: old, kept: 'copy' } as const) : null;
    const lines = manualCommands([{ file, old: kept, foreign }], '/' as RealPath, HOST);
    expect(lines).toHaveLength(3);
    run(lines.slice(0, -1));
    expect(readFileSync(theirs, 'utf8')).toBe('new\n');
    expect(readFileSync(target, 'utf8')).toBe(hasOld ? 'old\n' : 'new\n');
  },
);

test('a path with a line break cannot begin a command of its own', () => {
  const { file } = scene();
  const realPath = '/x\ntouch /y' as RealPath;
  const [line = ''] = manualCommands(
    [{ file: { ...file, realPath }, old: null }],
    '/' as RealPath,
    HOST,
  );
  expect(line).not.toContain('\n');
});

test('the last command works as it stands: below another root it names root and host', () => {
  expect(manualCommands([], '/' as RealPath, HOST)).toEqual(['setpoint recover']);
  expect(manualCommands([], '/mnt/a b' as RealPath, HOST)).toEqual([
    "setpoint recover --root '/mnt/a b' --host cp-1",
  ]);
});
