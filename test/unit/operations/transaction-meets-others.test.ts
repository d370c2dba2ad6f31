import fs, { existsSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleAtBoot } from '../../../src/operations/settle-at-boot.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import type { RecoverResult } from '../../../src/operations/results.ts';
import { transaction, type FileRequest } from '../../../src/operations/transaction.ts';
import { updateFile } from '../../../src/operations/update-file.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';
const C = '/etc/app/c.conf';
/** In the order in which they are installed. */
const CHANGES: readonly FileRequest[] = [
  { replace: A, content: 'new a\n' },
  { create: C, content: 'new c\n' },
  { delete: B },
];
const { renameSync, linkSync } = fs;

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(A, 'old a\n');
  host.write(B, 'old b\n');
});
afterEach(() => replaceCalls({ renameSync, linkSync }));

function replaceCalls(calls: Partial<Pick<typeof fs, 'renameSync' | 'linkSync'>>): void {
  Object.assign(fs, calls);
  syncBuiltinESMExports();
}

/** `then` happens right before A, the first file, is put in place: the transaction is committed. */
function whenInstalling(then: () => void): void {
  replaceCalls({
    renameSync(from, to) {
      if (to === host.real(A)) then();
      renameSync(from, to);
    },
  });
}

/** The process can write nothing any more once it has committed: all its files are old, its journal is there. */
async function cutOff(...changes: readonly FileRequest[]): Promise<string> {
  whenInstalling(() => {
    throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  });
  const { run, pending } = await transaction(host.session, changes);
  replaceCalls({ renameSync });
  expect(pending).toContain('cannot replace');
  expect(host.files()).toMatchObject({ [A]: 'old a\n', [B]: 'old b\n' });
  return run ?? '';
}

const recover = (): Promise<RecoverResult> =>
  recoverRuns(host.session, { runs: [], choice: null, dryRun: false, listener: () => undefined });
const copyOf = (run: string, index: number): string =>
  join(host.session.host.stateDir, 'runs', run, 'new', String(index));
const lastAuditRow = (): string =>
  readFileSync(join(host.session.host.stateDir, 'audit.jsonl'), 'utf8').trim().split('\n').at(-1) ??
  '';

test('recover names each file that somebody else changed before it was written, keeps ours aside, and exits 4', async () => {
  await cutOff(...CHANGES);
  host.write(C, 'theirs\n');
  const { recovered, problems, exitCode } = await recover();
  const [report] = recovered;
  expect(host.files()).toEqual({ [A]: 'new a\n', [C]: 'theirs\n' });
  expect([exitCode, report?.outcome, report?.othersEdits]).toEqual([4, 'applied', [C]]);
  expect(problems).toMatchObject([{ code: 'SP4265', severity: 'warning' }]);
  const copy = copyOf(report?.run ?? '', 1);
  expect(readFileSync(copy, 'utf8')).toBe('new c\n');
  for (const told of [problems[0]?.message, report?.reason, lastAuditRow()]) {
    expect(told).toContain(`${C} was changed by somebody else`);
    expect(told).toContain(copy);
  }
  expect((await recover()).exitCode).toBe(0);
});

test('theirs stays also where they removed a file, or where it was to be deleted', async () => {
  await cutOff(...CHANGES);
  fs.rmSync(host.real(A));
  host.write(B, 'theirs\n');
  const { recovered, exitCode } = await recover();
  expect(host.files()).toEqual({ [B]: 'theirs\n', [C]: 'new c\n' });
  expect([exitCode, recovered[0]?.othersEdits]).toEqual([4, [A, B]]);
  expect(recovered[0]?.reason).toContain(`${A} was removed by somebody else`);
  expect(readFileSync(copyOf(recovered[0]?.run ?? '', 0), 'utf8')).toBe('new a\n');
  expect(existsSync(copyOf(recovered[0]?.run ?? '', 2))).toBe(false);
});

test.each<[string, () => void]>([
  ['before it is looked at', () => whenInstalling(() => host.write(C, 'theirs\n'))],
  [
    'in the moment of its rename',
    () => {
      replaceCalls({
        linkSync(from, to) {
          if (to === host.real(C)) host.write(C, 'theirs\n');
          linkSync(from, to);
        },
      });
    },
  ],
])(
  'a transaction leaves a file that somebody creates %s to them and ends, with the moved content kept aside',
  async (_, race) => {
    race();
    const changes = [
      { replace: A, content: 'new a\n' },
      { move: B, to: C },
    ];
    const { run, pending, problems } = await transaction(host.session, changes);
    expect(host.files()).toEqual({ [A]: 'new a\n', [C]: 'theirs\n' });
    expect(pending).toBe(null);
    expect(problems.map(({ code }) => code)).toEqual(['SP4265']);
    expect(problems[0]?.message).toContain(copyOf(run ?? '', 1));
    expect(readFileSync(copyOf(run ?? '', 1), 'utf8')).toBe('old b\n');
    await updateFile(host.session, A, () => Buffer.from('free again\n'));
  },
);

test('what cannot be kept aside stays in the stage, and the transaction open, until there is room', async () => {
  const run = await cutOff(...CHANGES);
  host.write(C, 'theirs\n');
  const inTheWay = dirname(copyOf(run, 1));
  fs.mkdirSync(dirname(inTheWay), { recursive: true });
  fs.writeFileSync(inTheWay, '');
  const { exitCode, leftOpen, recovered } = await recover();
  expect([exitCode, leftOpen.length]).toEqual([4, 1]);
  expect(recovered[0]?.reason).toContain(`${C} was changed by somebody else, and`);
  fs.rmSync(inTheWay);
  await recover();
  expect(readFileSync(copyOf(run, 1), 'utf8')).toBe('new c\n');
});

test('the next transaction is not begun when one before it had to leave a file to others', async () => {
  await cutOff(...CHANGES);
  host.write(C, 'theirs\n');
  const next = [{ replace: A, content: 'newer a\n' }, { delete: C }];
  const { exitCode, diagnostics } = await refusal(transaction(host.session, next));
  expect([exitCode, diagnostics.map(({ code }) => code)]).toEqual([4, ['SP4266', 'SP4265']]);
  expect(host.files()).toEqual({ [A]: 'new a\n', [C]: 'theirs\n' });
});

test('after a boot both stages tell it: the one that moves bytes, and the one that ends the run, with exit 4', async () => {
  const run = await cutOff(...CHANGES);
  host.write(C, 'theirs\n');
  const { env } = host.session.options;
  const place = { root: host.root, stateDir: host.session.host.stateDir, env };
  const restored = await settleAtBoot('restore', place, () => undefined);
  expect(restored.recovered[0]?.reason).toContain(copyOf(run, 1));
  expect(host.files()).toMatchObject({ [A]: 'new a\n', [C]: 'theirs\n' });
  const verified = await settleAtBoot('verify', place, () => undefined);
  expect([verified.exitCode, verified.recovered[0]?.reason]).toEqual([
    4,
    restored.recovered[0]?.reason,
  ]);
  expect(readFileSync(copyOf(run, 1), 'utf8')).toBe('new c\n');
});
