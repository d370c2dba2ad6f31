import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CommittedJournal, Journal } from '../../../src/apply/journal/journal.ts';
import { NO_TREES } from '../../../src/apply/journal/journal.ts';
import { formatJournal, parseJournal } from '../../../src/apply/journal/parse-journal.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { RealPath } from '../../../src/model/brand.ts';

const OLD = '/mnt/host' as RealPath;
const NEW = '/srv/moved' as RealPath;

/** A run in `root` that replaces /etc/a and makes /etc/new/b. */
function journalIn(root: string): CommittedJournal {
  const under = (path: string): RealPath => (root === '/' ? path : root + path) as RealPath;
  const texts = ['run', 'plan', 'workspace', 'host', 'operation', 'changeSet', 'startedAt'];
  const header = Object.fromEntries(texts.map((key) => [key, key]));
  const file = {
    path: '/etc/a',
    realPath: under('/etc/a'),
    before: null,
    after: null,
    oldInode: null,
    newInode: null,
    stageDirectory: under('/etc/.setpoint-stage-1'),
    oldPath: under('/etc/.setpoint-stage-1/0.old'),
    newPath: null,
  };
  return {
    phase: 'committed',
    toolVersion: '0.1.0',
    header,
    intent: {
      stageDirectories: [under('/etc/.setpoint-stage-1')],
      createdDirectories: [under('/etc/new')],
    },
    files: [file],
    steps: [],
    gates: [],
    before: [],
    processes: { processes: [] },
    trees: NO_TREES,
    failure: null,
  } as unknown as CommittedJournal;
}

function stored(journal: Journal, formatVersion: number): string {
  const sha256 = createHash('sha256').update(JSON.stringify(journal)).digest('hex');
  return JSON.stringify({ formatVersion, toolVersion: '0.1.0', sha256, journal });
}

function refusal(text: string, root: string): { code: string; message: string; help: string } {
  try {
    parseJournal(text, '/mnt/host/var/lib/setpoint/journal/1.json', root as RealPath);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const [first] = error.diagnostics;
    return {
      code: `${first?.code ?? ''} exit ${String(error.exitCode)}`,
      message: first?.message ?? '',
      help: first?.help ?? '',
    };
  }
  return { code: 'none', message: '', help: '' };
}

test.each([
  [OLD, NEW],
  [OLD, '/'],
  ['/', NEW],
  [OLD, OLD],
])('a journal written in %s names the files of %s when it is read there', (from, to) => {
  const text = formatJournal(journalIn(from), from as RealPath);
  expect(parseJournal(text, 'j', to as RealPath)).toEqual(journalIn(to));
});

test('nothing in a stored journal says where its root was', () => {
  expect(formatJournal(journalIn(OLD), OLD)).not.toContain(OLD);
});

test('a journal of a file outside the root is not written', () => {
  expect(() => formatJournal(journalIn(NEW), OLD)).toThrow(/is not inside/);
  expect(() => formatJournal(journalIn(`${OLD}-2`), OLD)).toThrow(/is not inside/);
});

test.each([1, 2])('a journal of version %i is read in the root it was written in', (version) => {
  expect(parseJournal(stored(journalIn(OLD), version), 'j', OLD)).toEqual(journalIn(OLD));
  expect(parseJournal(stored(journalIn('/'), version), 'j', '/' as RealPath)).toEqual(
    journalIn('/'),
  );
});

test.each([
  ['elsewhere', NEW],
  ['beside it', '/mnt/host-2'],
  ['above it', '/'],
  ['below it', '/mnt/host/etc'],
])('a journal of version 2 is refused when its root is %s now', (_, root) => {
  const { code, message, help } = refusal(stored(journalIn(OLD), 2), root);
  expect(code).toBe('SP4223 exit 4');
  expect(message).toMatch(/^run run \(plan plan\) is open and names \/mnt\/host\/etc\/a,/);
  expect(help).toMatch(/--root.*\.setpoint-stage-1.*mv \S+1\.json \S+1\.json\.damaged/s);
});

test('a staging journal of version 2 is refused outside its root, too', () => {
  const { toolVersion, header, intent } = journalIn(OLD);
  const text = stored({ phase: 'staging', toolVersion, header, intent }, 2);
  expect(refusal(text, NEW).code).toBe('SP4223 exit 4');
});

test.each([2, 3])('no path of a journal of version %i leads out of the root by dots', (version) => {
  const journal = journalIn(version === 2 ? OLD : '/');
  const out = `${version === 2 ? OLD : ''}/etc/../../../../x` as RealPath;
  const intent = { stageDirectories: [out], createdDirectories: [] };
  expect(refusal(stored({ ...journal, intent }, version), OLD).code).toBe('SP4223 exit 4');
});
