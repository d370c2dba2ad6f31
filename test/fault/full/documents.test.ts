import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeTogether } from '../document-writers.ts';
import { pauseAfter } from '../pause-after.ts';

/** As much as was promised takes a quarter of an hour and more. */
vi.setConfig({ testTimeout: 1_500_000 });
const [ENTRIES, LOOPS, SETS] =
  process.env['DOCUMENT_WRITERS'] === 'all' ? [100, 32, 5] : [10, 6, 3];

test.each(['write', 'update', 'mixed'] as const)(
  '3 processes that %s 10 entries each: 0 corrupt, 0 lost',
  async (mode) => {
    const { failed, lost, leftOver } = await writeTogether({ processes: 3, entries: 10, mode });
    expect({ failed, lost, leftOver }).toEqual({ failed: [], lost: [], leftOver: [] });
  },
);

test(`32 processes that add ${ENTRIES} entries each to one document: 0 corrupt, 0 lost`, async () => {
  const { failed, lost, leftOver, again } = await writeTogether({
    processes: 32,
    entries: ENTRIES,
    mode: 'mixed',
  });
  expect({ failed, lost, leftOver }).toEqual({ failed: [], lost: [], leftOver: [] });
  console.log(`${32 * ENTRIES} entries, ${again} writes that came too late`);
  // The race was there to be lost.
  expect(again).toBeGreaterThan(0);
});

const CLI = fileURLToPath(new URL('../../../bin/run.js', import.meta.url));
const PATH = '/data/document.json';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command of the built program. */
async function setpoint(args: readonly string[], input: string): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { code, stdout, stderr };
}

test(`${LOOPS} loops of doc get and doc set that add ${SETS} entries each: every set exits 0, or 6 and is tried again; 0 lost`, async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-documents-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'data'));
  const place = ['--root', root, '--host', 'cp-1', '--lock-timeout', '120s'];
  const codes = new Set<number>();
  let again = 0;
  const add = async (key: string): Promise<void> => {
    for (let lost = 1; ; lost += 1) {
      const began = performance.now();
      const read = await setpoint(['doc', 'get', PATH, '--json', ...place], '');
      const { result } = JSON.parse(read.stdout) as {
        result: { data: object | null; version: string };
      };
      const set = ['doc', 'set', PATH, '--if-version', result.version, ...place];
      const { code, stderr } = await setpoint(set, JSON.stringify({ ...result.data, [key]: true }));
      codes.add(code);
      if (code === 0) return;
      if (code !== 6) throw new Error(stderr);
      again += 1;
      // Whoever is to win has to be alone for a turn: two processes, seconds on a busy machine.
      const took = performance.now() - began;
      await setTimeout(pauseAfter(lost, took, LOOPS * took));
    }
  };
  const keys = Array.from({ length: LOOPS }, (_, i) =>
    Array.from({ length: SETS }, (__, j) => `w${String(i)}-${String(j)}`),
  );
  await Promise.all(
    keys.map(async (own) => {
      for (const key of own) await add(key);
    }),
  );
  const held = JSON.parse(readFileSync(join(root, PATH), 'utf8')) as object;
  expect(Object.keys(held).toSorted()).toEqual(keys.flat().toSorted());
  expect(codes).toEqual(new Set([0, 6]));
  expect(readdirSync(join(root, 'data'))).toEqual(['document.json']);
  console.log(`${keys.flat().length} entries, ${again} sets that came too late`);
});
