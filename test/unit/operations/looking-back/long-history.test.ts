import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Millis } from '../../../../src/model/brand.ts';
import { blame } from '../../../../src/operations/blame.ts';
import { openSession } from '../../../../src/operations/open-session.ts';
import { readHistory } from '../../../../src/operations/read-history.ts';
import { readRun } from '../../../../src/operations/read-run.ts';
import { countingGit, scratchDirectory } from '../../git/scratch.ts';
import { writeLongHistory } from '../../git/long-history.ts';
import type { PastRun } from '../../git/long-history.ts';

const RUNS = 3000;
const FILES = 150;
/** One is the beginning of another: git's grep cannot tell them apart. */
const PLANS = ['p0', 'p1', 'p10'];

/** Run `i` changes the mode of one file; every content was set by the first run of its file. */
function runs(): readonly PastRun[] {
  const many = Array.from({ length: RUNS }, (_, i): PastRun => {
    const mode = (0o600 + (Math.floor(i / FILES) % 8)).toString(8).padStart(4, '0');
    const plan = PLANS[i % 3] ?? '';
    return { run: id(i), plan, files: { [pathOf(i)]: { content: `c${i % FILES}`, mode } } };
  });
  const { plan } = many[RUNS - 1] ?? { plan: '' };
  const tried = { [pathOf(0)]: { content: 'tried', mode: '0777' } };
  const gone: PastRun = { run: id(RUNS + 1), plan, files: { [pathOf(RUNS - 1)]: {} } };
  const attempt = { run: id(RUNS), plan: 'p0', status: 'attempted', files: tried };
  const revert = { run: id(RUNS), plan: 'p0', status: 'reverted', files: tried };
  const again = { [pathOf(RUNS - 1)]: { content: 'again', mode: '0600' } };
  const retried = { run: id(RUNS + 2), plan, status: 'attempted', files: again };
  return [...many, attempt, revert, gone, retried, { ...retried, status: 'reverted' }];
}

function id(i: number): string {
  return `01JC${String(i).padStart(22, '0')}`;
}

function pathOf(i: number): string {
  return `/etc/many/${i % FILES}.conf`;
}

test('a history of thousands of runs is read with as few git processes as one of one run', async () => {
  const root = scratchDirectory();
  const git = countingGit();
  const options = { root, host: 'cp-1', cwd: '/', actor: 't', lockTimeout: 1000 as Millis };
  await writeLongHistory(join(root, 'var/lib/setpoint'), runs());
  const counted = async <T>(
    most: number,
    work: (s: Awaited<ReturnType<typeof open>>) => Promise<T>,
  ) => {
    const before = git.calls().length;
    const result = await work(await open());
    expect(git.calls().slice(before).length).toBeLessThanOrEqual(most);
    return result;
  };
  const open = () => openSession({ ...options, env: { PATH: git.path } });

  const newest = await counted(3, (session) => readHistory(session, 5));
  expect(newest.runs.map(({ run, outcome, commits }) => [run, outcome, commits.length])).toEqual([
    [id(RUNS + 2), 'reverted', 2],
    [id(RUNS + 1), 'applied', 1],
    [id(RUNS), 'reverted', 2],
    ...[1, 2].map((back) => [id(RUNS - back), 'applied', 1]),
  ]);
  expect(newest.more).toBe(true);
  const ofPlan = await counted(3, (session) => readHistory(session, RUNS, { plan: 'p1' }));
  expect(ofPlan.runs.length).toBe(RUNS / 3);
  const path = pathOf(7) as never;
  const ofFile = await counted(3, (session) => readHistory(session, 1000, { path }));
  expect(ofFile.runs.map(({ run }) => run).toReversed()).toEqual(
    Array.from({ length: RUNS / FILES }, (_, i) => id(7 + i * FILES)),
  );

  const ofOne = await counted(7, (session) => blame(session, pathOf(7)));
  expect(ofOne.items).toMatchObject([
    { label: 'content', before: null, by: { run: id(7), actor: `actor of ${id(7)}` } },
    { label: 'mode', before: '0602', value: '0603', by: { run: id(RUNS - FILES + 7) } },
  ]);
  const ofMany = await counted(7, (session) => blame(session, 'p0'));
  expect(ofMany.items.length).toBe((2 * FILES) / 3);
  expect(
    ofMany.items.find(({ path: of, label }) => of === pathOf(0) && label === 'mode'),
  ).toMatchObject({ value: '0603', by: { run: id(RUNS - FILES) } });
  const ofGone = await counted(6, (session) => blame(session, pathOf(RUNS - 1)));
  expect(ofGone).toMatchObject({ items: [], released: [{ label: 'content' }, { label: 'mode' }] });
  expect(ofGone.released[0]?.by.run).toBe(id(RUNS + 1));
  const one = await counted(12, (session) => readRun(session, id(1234)));
  expect(one.entries.map(({ run }) => run)).toEqual([id(1234)]);
});
