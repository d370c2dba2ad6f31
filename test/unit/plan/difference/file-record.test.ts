import { expect, test } from 'vitest';
import { stillRecorded } from '../../../../src/kinds/record-rule.ts';
import type { HostPath, PlanName } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { RecordRule, ResolvedPlan } from '../../../../src/model/plan-file.ts';
import { judgeRecord, type RecordQuestion } from '../../../../src/plan/difference/file-record.ts';
import { observedState } from '../../../../src/plan/recording/next-state.ts';
import { plan, PlanningBench } from './planning-bench.ts';

const PATH = '/etc/app/app.conf' as HostPath;
const SECRET = ['-----BEGIN', 'PRIVATE', 'KEY-----\n'].join(' ');
const plain = image('level = 1\n');
const secret = image(SECRET);

function image(text: string): FileImage {
  return { exists: true, bytes: Buffer.from(text), mode: 0o600 };
}

function judged(question: Partial<RecordQuestion>) {
  const { record, notes } = judgeRecord({
    path: PATH,
    kind: 'file',
    said: [undefined],
    known: undefined,
    shared: false,
    asRecorded: false,
    before: plain,
    after: plain,
    ...question,
  });
  return { ...record, notes: notes.map(({ code }) => code) };
}

test('without a word everything is recorded, the strictest word wins, and nothing else is told', () => {
  expect(judged({})).toEqual({ rule: 'full', notes: [] });
  const said: readonly (RecordRule | undefined)[] = [undefined, 'full', 'digest'];
  expect(judged({ said })).toEqual({ rule: 'digest', notes: [] });
  expect(judged({ kind: 'manifest', said: ['full', 'items'] })).toEqual({
    rule: 'items',
    notes: [],
  });
});

test('what looks like a secret, or did before the change, is not copied unless a plan says full', () => {
  const hidden = { rule: 'digest', secret: true, notes: ['SP3047'] };
  expect(judged({ after: secret })).toEqual(hidden);
  expect(judged({ before: secret })).toEqual(hidden);
  expect(judged({ kind: 'manifest', after: secret })).toEqual({ ...hidden, rule: 'items' });
  expect(judged({ said: ['digest'], after: secret })).toEqual({ ...hidden, notes: [] });
  expect(judged({ said: [undefined, 'full'], after: secret })).toEqual({
    ...hidden,
    rule: 'full',
    notes: [],
  });
});

test('once a secret it stays one when its content is none any more: the original still is', () => {
  const known = { record: 'digest', secret: true } as const;
  expect(judged({ known })).toEqual({ rule: 'digest', secret: true, notes: [] });
  expect(judged({ known, said: ['full'] })).toEqual({
    rule: 'full',
    secret: true,
    was: 'digest',
    notes: [],
  });
});

function unread(): FileImage {
  return {
    exists: true,
    mode: 0o600,
    get bytes(): Uint8Array {
      throw new Error('it was read');
    },
  };
}

test('what is as recorded is not looked through again: its record knows what it is', () => {
  const before = unread();
  const same = { asRecorded: true, before, after: before };
  expect(judged({ ...same, known: { record: 'full' } })).toEqual({ rule: 'full', notes: [] });
  const known = { record: 'digest', secret: true } as const;
  expect(judged({ ...same, known })).toEqual({ rule: 'digest', secret: true, notes: [] });
  expect(judged({ ...same, known: { record: 'full' }, after: secret })).toMatchObject({
    rule: 'digest',
    secret: true,
  });
  const changed = { asRecorded: false, known: { record: 'full' } } as const;
  expect(() => judged({ ...changed, before, after: before })).toThrow('it was read');
  const never = { asRecorded: true, known: undefined };
  expect(() => judged({ ...never, before, after: before })).toThrow('it was read');
});

test('a plan looks through a file that somebody changed, and not through one that is as recorded', () => {
  const bench = new PlanningBench({ [PATH]: `x=0\n${SECRET}` });
  const a = plan('a', { [PATH]: { x: '1' } });
  bench.apply([a]);
  // As a version that knew fewer marks has recorded it.
  const { secret: _, ...file } = bench.managed.get(PATH)!;
  bench.managed.set(PATH, { ...file, record: 'full' });
  expect(bench.apply([a])).toEqual([]);
  bench.files.set(PATH, `x=1\n# edited\n${SECRET}`);
  expect(bench.apply([a])[0]?.part.files[0]?.record).toMatchObject({ rule: 'items', was: 'full' });
});

test('a rule that begins to hide tells once that the history has copies', () => {
  const known = { record: 'full' } as const;
  const asked = { rule: 'digest', was: 'full', notes: ['SP3048'] };
  expect(judged({ known, said: ['digest'] })).toEqual(asked);
  expect(judged({ known, after: secret })).toMatchObject({ notes: ['SP3047', 'SP3048'] });
  expect(judged({ known: { record: 'digest' }, said: ['digest'] }).notes).toEqual([]);
});

test('a plan does not loosen what another workspace asked for, nor a release what was recorded', () => {
  const known = { record: 'digest' } as const;
  expect(judged({ known, shared: true })).toEqual({ rule: 'digest', notes: [] });
  expect(judged({ known, said: [] })).toEqual({ rule: 'digest', notes: [] });
  expect(judged({ known: { record: 'full' }, said: [], before: secret })).toMatchObject({
    rule: 'digest',
  });
});

test('an edit by others that brings a secret is observed without a copy; what a plan said in full stays', () => {
  const known = { kind: 'file', record: 'full' } as const;
  expect(stillRecorded(known, plain)).toEqual({ record: 'full' });
  expect(stillRecorded(known, secret)).toEqual({ record: 'digest', secret: true });
  expect(stillRecorded({ ...known, kind: 'manifest' }, secret)).toEqual({
    record: 'items',
    secret: true,
  });
  const said = { ...known, secret: true } as const;
  expect(stillRecorded(said, secret)).toEqual({ record: 'full', secret: true });
});

function ruled(one: ResolvedPlan, record: RecordRule): ResolvedPlan {
  const resources = one.resources.map((r) => ({ ...r, spec: { ...r.spec, record } }));
  return { ...one, resources };
}

test('a rule alone is a part that writes nothing, once, in the first plan that declares the file', () => {
  const bench = new PlanningBench({ [PATH]: 'x=0\ny=0\n' });
  const a = plan('a', { [PATH]: { x: '1' } });
  const b = plan('b', { [PATH]: { y: '1' } });
  bench.apply([a, b]);
  const parts = bench.apply([a, ruled(b, 'items')]);
  expect(parts.map(({ part }) => part.plan)).toEqual(['a' as PlanName]);
  const [file] = parts[0]?.part.files ?? [];
  expect(file).toMatchObject({ write: false, record: { rule: 'items', was: 'full' } });
  expect(parts[0]?.part.items).toEqual([]);
  expect(bench.managed.get(PATH)?.record).toBe('items');
  expect(bench.apply([a, ruled(b, 'items')])).toEqual([]);
});

test('what somebody else wrote is observed by the stricter of the rules before and after', () => {
  const bench = new PlanningBench({ [PATH]: 'x=0\n' });
  const a = plan('a', { [PATH]: { x: '1' } });
  bench.apply([a]);
  bench.files.set(PATH, `x=0\n${SECRET}`);
  const [planned] = bench.compute([a]).ok ? bench.apply([a]) : [];
  const before = new PlanningBench({});
  before.managed = new Map([[PATH, { ...bench.managed.get(PATH)!, record: 'full' }]]);
  const observed = observedState({
    part: planned!.part,
    images: planned!.images,
    recorded: before.recorded,
  });
  expect(observed?.files[0]?.managed).toMatchObject({ record: 'items', secret: true });
  expect(bench.managed.get(PATH)).toMatchObject({ record: 'items', secret: true });
});

test('the digest of a set covers the rule, and one without a word stays as it was', () => {
  const bench = new PlanningBench({ [PATH]: 'x=0\n' });
  const one = plan('a', { [PATH]: { x: '1' } });
  const [usual] = bench.apply([one]);
  expect(usual?.part.files[0]).not.toHaveProperty('record');
  const other = new PlanningBench({ [PATH]: 'x=0\n' });
  expect(other.apply([ruled(one, 'items')])[0]?.part.files[0]?.record).toEqual({ rule: 'items' });
});
