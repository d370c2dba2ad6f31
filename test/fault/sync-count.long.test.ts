/** How often an apply waits for the disk before it decides, counted by strace. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildScriptIn } from './build-script.ts';
import { newRoot, removeRoot } from './faulty-apply.ts';
import { straceMissing } from './sweep/strace-missing.ts';

const missing = straceMissing();

interface Syncs {
  readonly ours: number;
  readonly gits: number;
}

/** Calls of fsync and fdatasync before the decision gets its name: those of this program, and those of git. */
function syncsBeforeDecision(files: number, directories: number): Syncs {
  const root = newRoot();
  onTestFinished(() => removeRoot(root));
  const script = buildScriptIn(root, 'apply-many');
  for (let i = 0; i < files; i += 1) {
    const directory = join(root, 'etc/many', String(i % directories));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${String(i)}.conf`), 'old\n');
  }
  // A host that has been applied to before: its state directory is there.
  spawnSync(process.execPath, [script, root, '1', '1', 'first'], { timeout: 60_000 });
  const log = join(root, 'trace');
  const counts = [String(files), String(directories), 'second'];
  const calls = 'trace=fsync,fdatasync,syncfs,sync,link,execve';
  const traced = spawnSync(
    'strace',
    ['-f', '-qq', '-s', '300', '-o', log, '-e', calls, process.execPath, script, root, ...counts],
    { encoding: 'utf8', timeout: 60_000 },
  );
  expect(traced.stdout).toBe('applied');
  return count(readFileSync(log, 'utf8').split('\n'));
}

function count(lines: readonly string[]): Syncs {
  const decided = lines.findIndex((line) => /link\("[^"]*\.tmp", "[^"]*\/decision"/.test(line));
  expect(decided).toBeGreaterThan(0);
  const before = lines.slice(0, decided);
  const gits = new Set(
    before.filter((line) => /execve\("[^"]*git/.test(line)).map((line) => line.split(' ')[0]),
  );
  const syncs = before.filter((line) => /\b(fsync|fdatasync|syncfs|sync)\(/.test(line));
  const ofGit = syncs.filter((line) => gits.has(line.split(' ')[0]));
  return { ours: syncs.length - ofGit.length, gits: ofGit.length };
}

/**
 * Counted is what this process does, all its threads, from its start to the link that gives the decision its name: both journal records,
 * the stage and the decision itself. Git's processes are counted on their own: the pack of the recorded trees and its index,
 * however many files there are.
 */
describe.skipIf(missing !== null)(
  `before its decision an apply, without the git it starts${missing === null ? '' : ` (${missing})`}`,
  () => {
    test.each([
      { files: 1, directories: 1 },
      { files: 20, directories: 1 },
      { files: 20, directories: 4 },
      { files: 20, directories: 20 },
    ])(
      'syncs at most once a file, twice a directory, and eight times; its git twice: $files in $directories',
      ({ files, directories }) => {
        const { ours, gits } = syncsBeforeDecision(files, directories);
        // Each new file, each stage and the directory that it is in: fewer would be a count that misses some.
        expect(ours).toBeGreaterThan(files + 2 * directories);
        expect(ours).toBeLessThanOrEqual(files + 2 * directories + 8);
        expect(gits).toBe(2);
      },
    );
  },
);
