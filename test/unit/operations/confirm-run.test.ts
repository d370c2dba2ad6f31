import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmView } from '../../../src/cli/views/apply-view.ts';
import { recoverView } from '../../../src/cli/views/recover-view.ts';
import { confirmationWait } from '../../../src/apply/journal/await-confirmation.ts';
import { readDecision } from '../../../src/apply/journal/decision.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { confirmRun, type ConfirmOptions } from '../../../src/operations/confirm-run.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import { readStatus } from '../../../src/operations/read-status.ts';
import { openRunNotices } from '../../../src/operations/planning/open-run-notice.ts';
import { runLockFile } from '../../../src/operations/running/under-run-lock.ts';
import type { Session } from '../../../src/operations/session.ts';
import { applyToConfirm, guard, theWaiting } from '../apply/confirm-rig.ts';
import { HOST, openRig, type RunRig } from '../apply/run-rig.ts';

const A = '/etc/app/a.conf';
const CONFIRM: ConfirmOptions = { run: null, reject: false, listener: () => {} };
const REJECT: ConfirmOptions = { ...CONFIRM, reject: true };

let rig: RunRig;
let session: Session;
let stop: AbortController;
beforeEach(async () => {
  stop = new AbortController();
  rig = await openRig();
  rig.write(A, 'old a\n');
  const env = { PATH: process.env['PATH'] };
  const options = {
    root: rig.root,
    cwd: rig.root,
    env,
    actor: 'eve',
    lockTimeout: 30_000 as Millis,
  };
  session = { host: rig.host, hostName: HOST, options };
  await applyToConfirm(rig, [{ path: A, to: 'new a\n' }]);
});
afterEach(() => {
  stop.abort();
  rig.close();
});

/** A guardian that holds the rig's lock until it has settled the run. */
async function guarding(): Promise<void> {
  await guard(rig, confirmationWait(rig.host.clock, stop.signal));
  rig.context.lock.release();
}

const tomorrow = (): Date => new Date(Date.now() + 86_400_000);

/** What an operation was refused with. */
async function refusal(work: Promise<unknown>): Promise<SetpointError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof SetpointError) return error;
  throw new Error('it was not refused');
}

test('confirm keeps the run: its guardian records it, and the answer is that of an apply', async () => {
  const guardian = guarding();
  const result = await confirmRun(session, CONFIRM);
  expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'applied', unrecorded: false } });
  await guardian;
  expect(rig.read(A)).toBe('new a\n');
});

test('confirm --reject takes it back, never with exit 0', async () => {
  const guardian = guarding();
  const { run } = theWaiting(rig).journal.header;
  const result = await confirmRun(session, { ...REJECT, run });
  expect(result).toMatchObject({ exitCode: 3, report: { reason: 'it was rejected by eve' } });
  await guardian;
  expect((await readStatus(session)).plans).toMatchObject([
    { held: { run, reason: 'it was rejected by eve' } },
  ]);
  expect(rig.read(A)).toBe('old a\n');
});

test('a second answer changes nothing and tells what became of the run', async () => {
  const guardian = guarding();
  const { run } = theWaiting(rig).journal.header;
  await confirmRun(session, CONFIRM);
  await guardian;
  const again = await confirmRun(session, CONFIRM);
  expect(again).toMatchObject({ exitCode: 0, problems: [{ code: 'SP4241' }] });
  expect(again.problems[0]?.message).toContain('it was kept already');
  const late = await confirmRun(session, { ...REJECT, run });
  expect(late).toMatchObject({ exitCode: 1, report: { outcome: 'applied' } });
  expect(late.problems[0]?.message).toContain('was not rejected: it was kept already');
  expect(confirmView(late, { color: false, width: 200, verbose: false })).toMatch(
    /\nNot rejected: .* was kept before\.$/u,
  );
  expect(rig.read(A)).toBe('new a\n');
});

test('a file that was edited since is named, and nothing is decided', async () => {
  writeFileSync(rig.real(A), 'foreign\n');
  const { exitCode, diagnostics } = await refusal(confirmRun(session, CONFIRM));
  expect(exitCode).toBe(6);
  expect(diagnostics[0]).toMatchObject({ code: 'SP4242' });
  expect(diagnostics[0]?.message).toContain(A);
  expect(diagnostics[0]?.help).toMatch(
    /^take the edit out .*needs a person .*; without that it is taken back at 2/u,
  );
  expect(theWaiting(rig)).toBeDefined();
  rig.context.lock.release();
  const unwatched = await refusal(confirmRun(session, CONFIRM));
  expect(unwatched.diagnostics[0]?.help).toContain('nobody waits for it any more');
});

test('a mode that was changed since is named, and the run can still be taken back', async () => {
  rig.context.lock.release();
  chmodSync(rig.real(A), 0o777);
  const { exitCode, diagnostics } = await refusal(confirmRun(session, CONFIRM));
  expect([exitCode, diagnostics[0]?.code]).toEqual([6, 'SP4242']);
  expect(diagnostics[0]?.message).toMatch(/a\.conf \(mode and owner are 0777 .*, not 0644 /u);
  expect(await confirmRun(session, REJECT)).toMatchObject({ exitCode: 3 });
  expect([rig.read(A), rig.stateOf(A)?.mode]).toEqual(['old a\n', 0o777]);
});

test('a mode that was changed and put back hinders nobody', async () => {
  rig.context.lock.release();
  chmodSync(rig.real(A), 0o777);
  chmodSync(rig.real(A), 0o644);
  expect(await confirmRun(session, CONFIRM)).toMatchObject({ exitCode: 0 });
});

test('without its guardian the run is settled here: kept when it is confirmed in time', async () => {
  rig.context.lock.release();
  const result = await confirmRun(session, CONFIRM);
  expect(result).toMatchObject({ exitCode: 0, report: { outcome: 'applied', unrecorded: false } });
  expect(openJournals(rig.host)).toEqual([]);
});

test('too late: after a restart of the host the run is taken back, exit 3', async () => {
  rig.context.lock.release();
  const host = { ...session.host, bootId: 'another boot' };
  const result = await confirmRun({ ...session, host }, CONFIRM);
  expect(result).toMatchObject({ exitCode: 3, problems: [{ code: 'SP4243' }] });
  expect(rig.read(A)).toBe('old a\n');
});

test('too late: when the time is over the run is taken back, exit 3', async () => {
  rig.context.lock.release();
  const monotonic = (): number => rig.host.clock.monotonic() + 3_600_000;
  const host = { ...session.host, clock: { ...rig.host.clock, monotonic } };
  const result = await confirmRun({ ...session, host }, CONFIRM);
  expect(result).toMatchObject({ exitCode: 3, problems: [{ code: 'SP4243' }] });
  expect(rig.read(A)).toBe('old a\n');
});

test('a confirmation without a name that comes after the revert shows it, exit 3', async () => {
  const guardian = guarding();
  const { run } = theWaiting(rig).journal.header;
  await confirmRun(session, REJECT);
  await guardian;
  const late = await confirmRun(session, CONFIRM);
  expect(late).toMatchObject({
    exitCode: 3,
    report: { run, outcome: 'reverted', reason: 'it was rejected by eve' },
    problems: [{ code: 'SP4241' }],
  });
});

test.each([
  ['confirm', CONFIRM, 'keep'],
  ['confirm --reject', REJECT, 'take back'],
])(
  '%s gives up on a guardian that does nothing: exit 5 with its pid, the decision is written',
  async (_, options, what) => {
    const { folder } = theWaiting(rig);
    const impatient = { ...session, options: { ...session.options, lockTimeout: 0 as Millis } };
    const { exitCode, diagnostics } = await refusal(confirmRun(impatient, options));
    expect(exitCode).toBe(5);
    expect(diagnostics[0]?.code).toBe('SP4247');
    expect(diagnostics[0]?.message).toContain(`the decision to ${what} it is written`);
    expect(diagnostics[0]?.message).toContain(`(pid ${String(process.ppid)})`);
    expect(readDecision(folder.decision)?.decision).toBe(options.reject ? 'revert' : 'keep');
  },
);

test.each([
  ['a guardian that waits', null, `its guardian (pid ${String(process.ppid)}) takes it back`],
  ['somebody else', 'setpoint recover', 'setpoint recover) is at work: when it has ended'],
])('of a damaged proposal it is told what %s does with the run', async (_, command, help) => {
  const { folder } = theWaiting(rig);
  writeFileSync(folder.proposal, '{');
  if (command !== null) rig.context.lock.describe({ command });
  const { diagnostics } = await refusal(confirmRun(session, CONFIRM));
  expect(diagnostics[0]?.code).toBe('SP4248');
  expect(diagnostics[0]?.help).toContain(help);
  expect(diagnostics[0]?.help?.includes('kill')).toBe(command === null);
});

test.each([
  ['kept', CONFIRM, 1, 'recorded as applied'],
  ['taken back', REJECT, 3, 'recorded as reverted'],
])('a run that was %s and whose report is gone is not denied', async (_, answer, code, words) => {
  rig.context.lock.release();
  const { folder, journal } = theWaiting(rig);
  const { run } = journal.header;
  await confirmRun(session, answer);
  rmSync(folder.report);
  const told = await refusal(confirmRun(session, { ...CONFIRM, run }));
  expect(told).toMatchObject({ exitCode: code, diagnostics: [{ code: 'SP4244' }] });
  expect(told.diagnostics[0]?.message).toContain(words);
});

test('a wall clock that jumps changes nothing about the time that is left', async () => {
  rig.context.lock.release();
  const host = { ...session.host, clock: { ...rig.host.clock, now: tomorrow } };
  expect(await confirmRun({ ...session, host }, CONFIRM)).toMatchObject({ exitCode: 0 });
});

test('where no run ever waited confirm says so', async () => {
  rig.context.lock.release();
  const { folder } = theWaiting(rig);
  await confirmRun(session, CONFIRM);
  rmSync(folder.dir, { recursive: true });
  const none = await refusal(confirmRun(session, CONFIRM));
  expect(none).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'SP4240' }] });
  const unknown = await refusal(confirmRun(session, { ...CONFIRM, run: '01UNKNOWN' }));
  expect(unknown.exitCode).toBe(64);
});

test('status, plan and the next apply say what is waited for', async () => {
  const { run } = theWaiting(rig).journal.header;
  const { openRuns } = await readStatus(session);
  expect(openRuns).toMatchObject([{ run, state: 'awaiting-confirmation' }]);
  expect(openRuns[0]?.confirm?.left).toBeGreaterThan(0);
  const dry = { runs: [], choice: null, dryRun: true, listener: () => {} };
  const recover = recoverView(await recoverRuns(session, dry), {
    color: false,
    width: 200,
    verbose: false,
  });
  expect(recover).toContain(`for: setpoint confirm ${run}`);
  expect(recover).not.toContain('left open');
  const [notice] = await openRunNotices(session);
  expect(notice?.help).toContain(`setpoint confirm ${run}`);
  const held = await refusal(
    rig.host.locks.acquire(runLockFile(session), 'setpoint apply', 0 as Millis),
  );
  expect(held.exitCode).toBe(5);
  expect(held.diagnostics[0]?.message).toContain(`for: setpoint confirm ${run}`);
});
