import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openRunOf } from '../../../src/apply/journal/open-run-of.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import type { Session } from '../../../src/operations/session.ts';
import { transaction, type FileRequest } from '../../../src/operations/transaction.ts';
import { updateFile } from '../../../src/operations/update-file.ts';
import { runInput } from '../apply/run-inputs.ts';
import { openRig } from '../apply/run-rig.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';
const C = '/etc/app/c.conf';
const BROKEN: Diagnostic = { code: 'SP6010', severity: 'error', message: 'no space' };

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(A, 'old a\n', 0o640);
  host.write(B, 'old b\n');
});

const transact = (...changes: FileRequest[]): ReturnType<typeof transaction> =>
  transaction(host.session, changes);
const stateDir = (): string => host.session.host.stateDir;

/** A session whose clock breaks once past the commit point: when the end of the run is to be written down. */
function breakingAtTheEnd(): Session {
  const { clock } = host.session.host;
  let broken = false;
  const now = (): Date => {
    if (!broken && openRunOf(host.session.host) !== null) {
      broken = true;
      throw new SetpointError(1, [BROKEN]);
    }
    return clock.now();
  };
  return { ...host.session, host: { ...host.session.host, clock: { ...clock, now } } };
}

test('a transaction that could not be ended is kept, told as pending, and closed to writers until the next one ends it', async () => {
  const { session } = host;
  const result = await transaction(breakingAtTheEnd(), [
    { replace: A, content: 'new a\n' },
    { create: C, content: 'new c\n' },
  ]);
  expect(result.pending).toContain('no space');
  expect(result.problems.map(({ code }) => code)).toEqual(['SP6010', 'SP4268']);
  expect(host.files()).toMatchObject({ [A]: 'new a\n', [C]: 'new c\n' });
  expect(openRunOf(session.host)?.decision).toBe('keep');
  const busy = await refusal(updateFile(session, A, () => Buffer.from('other')));
  expect(busy.diagnostics[0]?.code).toBe('SP4260');
  expect(await transact({ replace: B, content: 'new b\n' }, { delete: C })).toMatchObject({
    pending: null,
  });
  expect(host.files()).toEqual({ [A]: 'new a\n', [B]: 'new b\n' });
  expect(readdirSync(join(stateDir(), 'journal'))).toEqual([]);
  expect(existsSync(join(stateDir(), 'state.git'))).toBe(false);
});

test('recover ends it with exit 0 and records nothing', async () => {
  const changes = [{ replace: A, content: 'new a\n' }, { delete: B }];
  await transaction(breakingAtTheEnd(), changes);
  const { exitCode, recovered } = await recoverRuns(host.session, {
    runs: [],
    choice: null,
    dryRun: false,
    listener: () => undefined,
  });
  expect(exitCode).toBe(0);
  expect(recovered[0]).toMatchObject({
    operation: 'transaction',
    outcome: 'applied',
    unrecorded: false,
    commits: [],
  });
  expect(readdirSync(stateDir()).toSorted()).toEqual(['audit.jsonl', 'journal', 'lock', 'locks']);
});

test('a run that has to be reverted first stops the transaction with its exit code', async () => {
  const rig = await openRig(host.root);
  const hanging = { ...rig.host, commands: { run: () => new Promise<never>(() => {}) } };
  const input = await runInput(rig, [{ path: A, to: 'planned a\n', audits: ['false'] }]);
  const written = new Promise<void>((resolve) => rig.on('written', () => resolve()));
  // It is to be dead from then on: that it notices the loss of its lock is of no interest.
  executeRun({ ...rig.context, host: hanging }, input).catch(() => {});
  await written;
  rig.context.lock.release();
  const session = { ...host.session, host: rig.host };
  const error = await refusal(
    transaction(session, [{ replace: A, content: 'new a\n' }, { delete: B }]),
  );
  expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([3, 'SP4266']);
  expect(host.files()).toEqual({ [A]: 'old a\n', [B]: 'old b\n' });
});
