import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide, readDecision, type Decision } from '../../../src/apply/journal/decision.ts';
import { readVerification, writeVerification } from '../../../src/apply/journal/verification.ts';
import type { RealPath } from '../../../src/model/brand.ts';

let dir: string;
let file: RealPath;
let folder: { readonly decision: RealPath; readonly reserve: RealPath };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-decision-'));
  file = join(dir, 'decision') as RealPath;
  folder = { decision: file, reserve: join(dir, 'reserve') as RealPath };
});
afterEach(() => rmSync(dir, { recursive: true }));

function wanted(decision: Decision['decision'], reason: string | null = null): Decision {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    formatVersion: 1,
    decision,
    reason,
    hold: false,
    at,
    commits: [],
    checks: [],
    processes: { processes: [] },
  };
}

test('the first decision wins and everyone obeys it', async () => {
  expect(readDecision(file)).toBeNull();
  expect((await decide(folder, wanted('keep'))).decision).toBe('keep');
  expect(await decide(folder, wanted('revert', 'late'))).toEqual(wanted('keep'));
  expect(readDecision(file)).toEqual(wanted('keep'));
});

test('of many racers exactly one decides', async () => {
  const racers = Array.from({ length: 16 }, (_, i) =>
    decide(folder, wanted(i % 2 === 0 ? 'keep' : 'revert', String(i))),
  );
  const answers = await Promise.all(racers);
  expect(new Set(answers.map((answer) => answer.reason)).size).toBe(1);
});

test.each([
  '',
  'keep',
  '{"formatVersion":2,"decision":"keep"}',
  '{"formatVersion":1,"decision":"maybe"}',
])('a decision that reads %j is not guessed at', (text) => {
  writeFileSync(file, text);
  expect(() => readDecision(file)).toThrow(/SP4222/);
});

test('a verification that cannot be used means: prove again', async () => {
  expect(readVerification(file)).toBeNull();
  writeFileSync(file, '{"half');
  expect(readVerification(file)).toBeNull();
  await writeVerification(file, { formatVersion: 1, commits: [], checks: [] });
  expect(readVerification(file)).not.toBeNull();
});
