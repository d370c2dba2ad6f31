import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openJournals,
  removeJournal,
  writeJournal,
  type JournalPlace,
} from '../../../src/apply/journal/journal-file.ts';
import type { Journal } from '../../../src/apply/journal/journal.ts';
import { formatJournal, parseJournal } from '../../../src/apply/journal/parse-journal.ts';
import { journalPath } from '../../../src/apply/journal/run-folder.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { RealPath, RunId } from '../../../src/model/brand.ts';

const ROOT = '/' as RealPath;

let dir: RealPath;
let place: JournalPlace;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-journal-')) as RealPath;
  place = { stateDir: dir, root: { dir: ROOT } };
});
afterEach(() => rmSync(dir, { recursive: true }));

function staging(run = '01JC0000000000000000000001'): Journal {
  return {
    phase: 'staging',
    toolVersion: '0.1.0',
    header: {
      run,
      plan: 'web',
      file: 'plans/web.yaml',
      workspace: 'fleet',
      host: 'cp-1',
      operation: 'apply',
      changeSet: `sha256:${'a'.repeat(64)}`,
      planCommit: null,
      actor: 'me',
      startedAt: '2026-01-01T00:00:00.000Z',
      offline: false,
      overrides: [],
      changes: ['~ --x  /etc/a'],
    } as unknown as Journal['header'],
    intent: { stageDirectories: ['/etc/.setpoint-stage/x' as RealPath], createdDirectories: [] },
  };
}

/** A journal's file with the right checksum, whatever is in it. */
function envelope(journal: unknown, formatVersion = 3): string {
  const sha256 = createHash('sha256').update(JSON.stringify(journal)).digest('hex');
  return JSON.stringify({ formatVersion, toolVersion: '0.1.0', sha256, journal });
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SetpointError)
      return `${error.diagnostics[0]?.code} exit ${error.exitCode}`;
  }
  return 'no error';
}

test('a journal comes back as it was written, readable by its owner only', async () => {
  await writeJournal(place, staging());
  expect(openJournals(place)).toEqual([staging()]);
  const path = journalPath(dir, staging().header.run);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, 'journal'))).toHaveLength(1);
});

test('journals come oldest first and cut-short writes are no journals', async () => {
  await writeJournal(place, staging('01JC0000000000000000000002'));
  await writeJournal(place, staging('01JC0000000000000000000001'));
  writeFileSync(join(dir, 'journal', '.setpoint-0123456789abcdef.tmp'), 'half');
  expect(openJournals(place).map((journal) => journal.header.run.at(-1))).toEqual(['1', '2']);
});

test('removing a journal that is gone is no error', async () => {
  await writeJournal(place, staging());
  await removeJournal(dir, staging().header.run);
  await removeJournal(dir, staging().header.run);
  expect(openJournals(place)).toEqual([]);
  expect(openJournals({ ...place, stateDir: join(dir, 'nowhere') as RealPath })).toEqual([]);
});

test('a journal of a newer version stops and names the version that can settle it', () => {
  const text = JSON.stringify({ formatVersion: 4, toolVersion: '9.1.0', sha256: '', journal: {} });
  expect(codeOf(() => parseJournal(text, 'j', ROOT))).toBe('SP4220 exit 4');
  expect(() => parseJournal(text, 'j', ROOT)).toThrow(/format 4/);
});

test.each([
  ['nothing', ''],
  ['half of it', formatJournal(staging(), ROOT).slice(0, 200)],
  ['no object', '[]'],
  ['a changed letter', formatJournal(staging(), ROOT).replace('/etc/a', '/etc/b')],
  [
    'an old version',
    formatJournal(staging(), ROOT).replace('"formatVersion":3', '"formatVersion":0'),
  ],
])('%s is a damaged journal', (_, text) => {
  expect(codeOf(() => parseJournal(text, 'j', ROOT))).toBe('SP4221 exit 4');
});

test.each([
  ['no intent', { intent: undefined }],
  ['another phase', { phase: 'done' }],
  ['a relative stage directory', { intent: { stageDirectories: ['x'], createdDirectories: [] } }],
  ['no run', { header: { run: 1 as unknown as RunId } }],
  ['committed without files', { phase: 'committed' }],
])('a journal with %s is damaged even when its checksum is right', (_, change) => {
  const journal = { ...staging(), ...change } as unknown as Journal;
  expect(codeOf(() => parseJournal(envelope(journal), 'j', ROOT))).toBe('SP4221 exit 4');
});

test('a directory in place of a journal is a damaged one', () => {
  const path = journalPath(dir, staging().header.run);
  mkdirSync(path, { recursive: true });
  expect(codeOf(() => openJournals(place))).toBe('SP4221 exit 4');
});

test('the help of a damaged journal finds its stages below the root, quoted for the shell', () => {
  const root = join(dir, "it's a root");
  const run = staging().header.run;
  const stage = join(root, 'etc/app', `.setpoint-stage-${run}`);
  for (const path of [stage, join(root, 'proc', `.setpoint-stage-${run}`)]) {
    mkdirSync(path, { recursive: true });
  }
  const journal = journalPath(join(root, 'var/lib/setpoint') as RealPath, run);
  const help = helpOf(() => parseJournal('x', journal, ROOT));
  const [, find = 'false'] = /`(find .*? -print)`/.exec(help) ?? [];
  expect(find).not.toContain('-xdev');
  expect(execFileSync('sh', ['-c', find], { encoding: 'utf8' })).toBe(`${stage}\n`);
  expect(helpOf(() => parseJournal('x', `/var/lib/setpoint/journal/${run}.json`, ROOT))).toContain(
    '`find / \\( -path /proc -o -path /sys \\) -prune -o -name',
  );
});

function helpOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SetpointError) return error.diagnostics[0]?.help ?? '';
    throw error;
  }
  return '';
}
