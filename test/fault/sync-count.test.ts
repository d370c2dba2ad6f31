/** How often an apply waits for the disk before it decides, counted by strace. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { newRoot, removeRoot } from './faulty-apply.ts';
import { straceMissing } from './sweep/strace-missing.ts';

const missing = straceMissing();
/** Files and the directories that they are in. */
const FILES = 20;
const DIRECTORIES = 4;

interface Syncs {
  readonly ours: number;
  readonly gits: number;
}

/** Calls of fsync and fdatasync before the decision gets its name: those of this program, and those of git. */
function syncsBeforeDecision(): Syncs {
  const root = newRoot();
  onTestFinished(() => removeRoot(root));
  const script = join(root, 'apply-many.mjs');
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
  buildSync({
    entryPoints: [join(import.meta.dirname, 'apply-many.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['fs-native-extensions'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  for (let i = 0; i < FILES; i += 1) {
    const directory = join(root, 'etc/many', String(i % DIRECTORIES));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `${String(i)}.conf`), 'old\n');
  }
  // A host that has been applied to before: its state directory is there.
  spawnSync(process.execPath, [script, root, '1', '1'], { timeout: 60_000 });
  const log = join(root, 'trace');
  const counts = [String(FILES), String(DIRECTORIES)];
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

// Git's own two are the pack of the recorded trees and its index, however many files there are.
test.skipIf(missing !== null)(
  `before its decision an apply syncs at most once a file, twice a directory, and eight times; git twice${missing === null ? '' : ` (${missing})`}`,
  () => {
    const { ours, gits } = syncsBeforeDecision();
    expect(ours).toBeGreaterThan(FILES + 2 * DIRECTORIES);
    expect(ours).toBeLessThanOrEqual(FILES + 2 * DIRECTORIES + 8);
    expect(gits).toBe(2);
  },
);
