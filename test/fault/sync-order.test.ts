/** What a power loss may take is decided by the order of syncs and names: read from the system calls of one run. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScript } from './build-script.ts';
import { newRoot, removeRoot, traceCalls } from './faulty-apply.ts';
import { straceMissing } from './sweep/strace-missing.ts';

const missing = straceMissing();
let built: ReturnType<typeof buildScript>;
let root: string;
let calls: readonly string[];
beforeAll(() => {
  if (missing !== null) return;
  built = buildScript('apply-two-files');
  root = newRoot();
  calls = traceCalls(built.script, root, 'keep');
});
afterAll(() => {
  if (missing !== null) return;
  rmSync(built.directory, { recursive: true });
  removeRoot(root);
});

/** Place of the first call that matches, after `from`. NaN when there is none. */
function at(pattern: RegExp, from = -1): number {
  const index = calls.findIndex((call, i) => i > from && pattern.test(call));
  return index === -1 ? Number.NaN : index;
}

/** Place of the last of these calls when each occurs after the one before it, else NaN. */
function inOrder(...patterns: readonly RegExp[]): number {
  return patterns.reduce((from, pattern) => at(pattern, from), -1);
}

const INTENT = /rename.*journal\/\.setpoint.*\.json/;
const JOURNAL_DIRECTORY = /fsync\(\d+<\/var\/lib\/setpoint\/journal>/;
const INSTALL = /rename\("[^"]*\/0\.new", "\/etc\/app\/manifests\/a\.yaml"/;
const CREATE = /link\("[^"]*\/1\.new", "\/etc\/app\/new\/b\.conf"/;
const DECISION = /link\("[^"]*\.tmp", "[^"]*\/decision"/;
const ADVANCE = /(rename|link).*refs\/heads\/setpoint\/cp-1/;

describe.skipIf(missing !== null)(`an apply${missing === null ? '' : ` (${missing})`}`, () => {
  test('makes the intent durable before it makes anything beside the targets', () => {
    const durable = inOrder(INTENT, JOURNAL_DIRECTORY);
    expect(at(/mkdir\("\/etc\/app\/new"/)).toBeGreaterThan(durable);
    expect(at(/mkdir\("\/etc\/app\/\.setpoint-stage-[^/"]*"/)).toBeGreaterThan(durable);
  });

  test.each([
    ['the first new file', /fsync\(\d+<[^>]*\/0\.new>/],
    ['the second new file', /fsync\(\d+<[^>]*\/1\.new>/],
    ['the names in the first stage', /fsync\(\d+<\/etc\/app\/\.setpoint-stage-[^/>]*>/],
    ['the names in the second stage', /fsync\(\d+<\/etc\/app\/new\/\.setpoint-stage-[^/>]*>/],
    ['the name of the second stage', /fsync\(\d+<\/etc\/app\/new>/],
    ['the pack of the recorded trees', /fsync\(\d+<[^>]*\/objects\/[^>]*\/tmp_pack_/],
    ['the index of that pack', /fsync\(\d+<[^>]*\/objects\/[^>]*\/tmp_idx_/],
    ['the names of both', /fsync\(\d+<[^>]*\/state\.git\/objects\/pack>/],
    ['the name of the stage', /fsync\(\d+<\/etc\/app>/],
    ['the name of the new directory', /fsync\(\d+<\/etc\/app>/],
  ])('syncs %s before the commit point', (_, sync) => {
    const commit = at(INTENT, at(INTENT));
    expect(at(sync)).toBeLessThan(commit);
  });

  test('keeps the old inode before the commit point, and makes that durable before the first rename', () => {
    const kept = inOrder(
      INTENT,
      /link\("\/etc\/app\/manifests\/a\.yaml", "[^"]*0\.old"/,
      /fsync\(\d+<\/etc\/app\/\.setpoint-stage-[^/>]*>/,
    );
    const committed = at(JOURNAL_DIRECTORY, at(INTENT, kept));
    expect(at(INSTALL)).toBeGreaterThan(committed);
    expect(at(CREATE)).toBeGreaterThan(committed);
  });

  test('syncs the decision, up to the name of the run folder, before anything relies on it', () => {
    const FOLDER = /fsync\(\d+<\/var\/lib\/setpoint\/runs\/[^/>]*>/;
    const RUNS = /fsync\(\d+<\/var\/lib\/setpoint\/runs>/;
    const relied = [/fsync\(\d+<\/etc\/app\/manifests>/, ADVANCE];
    for (const next of relied) {
      const written = inOrder(/fsync\(\d+<\/var\/lib\/setpoint\/runs\/[^/]*\/\.setpoint/, DECISION);
      expect(inOrder(DECISION, FOLDER, RUNS, next)).toBeGreaterThan(written);
    }
  });

  test('drops the old file and the journal only when the names of new files and the commit are durable', () => {
    const dropping = at(/unlink\("[^"]*\/0\.old"/);
    for (const directory of [/fsync\(\d+<\/etc\/app\/manifests>/, /fsync\(\d+<\/etc\/app\/new>/]) {
      const last = inOrder(INSTALL, CREATE, DECISION, directory);
      expect(last).toBeLessThan(dropping);
      expect(last).toBeLessThan(at(ADVANCE));
    }
    const durable = inOrder(
      DECISION,
      ADVANCE,
      /fsync\(\d+<\/var\/lib\/setpoint\/state\.git\/refs\/heads\/setpoint>/,
    );
    const dropped = at(/unlink\("[^"]*\/0\.old"/, durable);
    const closed = at(/unlink\("[^"]*\/journal\/[^"]*\.json"/, dropped);
    expect(at(JOURNAL_DIRECTORY, closed)).toBeGreaterThan(closed);
    expect(calls.filter((call) => /unlink\("[^"]*(0\.old|\.json)"/.test(call))).toHaveLength(2);
  });
});
