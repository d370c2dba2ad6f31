import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sparedFromOutOfMemory } from '../../../src/host/spare-memory.ts';
import { SCORE_FIXED } from './may-lower-oom-score.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'oom-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const scoreNow = (): string => readFileSync('/proc/self/oom_score_adj', 'utf8').trim();

test('the score is lowest during the wait only, because children inherit it', async () => {
  const file = join(dir, 'oom_score_adj');
  writeFileSync(file, '100\n');
  const during = await sparedFromOutOfMemory(async () => readFileSync(file, 'utf8').trim(), file);
  // The kernel's file is not truncated but replaced; a plain one keeps the rest.
  expect(during).toMatch(/^-1000/u);
  expect(readFileSync(file, 'utf8')).toMatch(/^100/u);
});

test.skipIf(SCORE_FIXED !== null)(
  `the kernel takes it, and the score from before again${SCORE_FIXED ?? ''}`,
  async () => {
    const before = scoreNow();
    expect(before).not.toBe('-1000');
    expect(await sparedFromOutOfMemory(async () => scoreNow())).toBe('-1000');
    expect(scoreNow()).toBe(before);
  },
);

test('where the kernel refuses, the wait goes on', async () => {
  const missing = join(dir, 'nothing', 'here');
  expect(await sparedFromOutOfMemory(async () => 'waited', missing)).toBe('waited');
});
