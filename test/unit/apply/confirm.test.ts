import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmationWait } from '../../../src/apply/journal/await-confirmation.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { decide, readDecision, type Decision } from '../../../src/apply/journal/decision.ts';
import { writeDurably } from '../../../src/host/durable.ts';
import {
  changedFiles,
  confirmWaiting,
  rejectWaiting,
  tooLate,
  type WaitingRun,
} from '../../../src/apply/run/waiting-run.ts';
import type { Host } from '../../../src/host/ports.ts';
import type { RunId } from '../../../src/model/brand.ts';
import { applyToConfirm, folderOf, guard, theWaiting } from './confirm-rig.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const GATED = [{ path: A, to: 'new a\n', gates: ['true'], audits: ['true'] }];
/** Gates of the rig have little time: only who looks at them has one. */
const PROVEN = [{ path: A, to: 'new a\n', audits: ['true'] }];
const ANN = { actor: 'ann', at: '2026-01-02T03:04:05.000Z' };
const never = new AbortController().signal;

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
});
afterEach(() => rig.close());

/** A timer that is ours: it fires when we say so. `set`: the milliseconds that it was set to. */
function timer(): {
  readonly clock: { sleep: (millis: number) => Promise<void> };
  readonly fire: () => void;
  readonly set: Promise<number>;
} {
  const settle: { fire?: () => void; set?: (millis: number) => void } = {};
  const fired = new Promise<void>((resolve) => (settle.fire = resolve));
  const set = new Promise<number>((resolve) => (settle.set = resolve));
  const sleep = (millis: number): Promise<void> => {
    settle.set?.(millis);
    return fired;
  };
  return { clock: { sleep }, fire: () => settle.fire?.(), set };
}

describe('a run that has to be confirmed', () => {
  test('ends open once everything is proven: new files, no decision, a proposal with its commit', async () => {
    const { report, open } = await applyToConfirm(rig, PROVEN);
    expect({ ...report, open }).toMatchObject({ outcome: 'awaiting-confirmation', open: true });
    expect(rig.read(A)).toBe('new a\n');
    const { folder, proposal } = theWaiting(rig);
    expect(existsSync(folder.decision)).toBe(false);
    expect(proposal.commits).toHaveLength(1);
    expect(report.confirmUntil).toBe(proposal.confirmation.until);
    expect(await rig.state.head()).toBeNull();
  });

  test('is reverted at once when it is not healthy', async () => {
    const { report } = await applyToConfirm(rig, [{ path: A, to: 'new a\n', audits: ['false'] }]);
    expect(report.outcome).toBe('reverted');
    expect(rig.read(A)).toBe('old a\n');
  });

  test('is reverted when an interrupt comes before it waits', async () => {
    rig.on('audit-finished', () => rig.interrupt.abort());
    const { report } = await applyToConfirm(rig, PROVEN);
    expect(report.outcome).toBe('reverted');
    expect(rig.read(A)).toBe('old a\n');
  });

  test('is reverted when the proposal cannot be written', async () => {
    rig.on('audit-finished', (event) => {
      const run = 'run' in event ? event.run : ('' as RunId);
      mkdirSync(`${folderOf(rig, run).proposal}/x`, { recursive: true });
    });
    const { report } = await applyToConfirm(rig, PROVEN);
    expect(report).toMatchObject({ outcome: 'reverted' });
    expect(rig.read(A)).toBe('old a\n');
    expect(openJournals(rig.host)).toEqual([]);
  });
});

describe('the guardian', () => {
  test('finishes the run with the very commit that was proposed as soon as it is confirmed', async () => {
    await applyToConfirm(rig, GATED);
    const { clock, set } = timer();
    const settled = guard(rig, confirmationWait(clock, never));
    expect(await set).toBeGreaterThan(0);
    const waiting = theWaiting(rig);
    await confirmWaiting(waiting, ANN);
    const ended = await settled;
    expect(ended).toMatchObject({ open: false, report: { outcome: 'applied', unrecorded: false } });
    expect(ended?.report.answered).toEqual({ answer: 'confirmed', ...ANN });
    expect(rig.read(A)).toBe('new a\n');
    const promised = waiting.proposal.commits.map((spec) => rig.state.commitId(spec));
    expect([await rig.state.head()]).toEqual(promised);
    expect(ended?.report.checks.map(({ phase }) => phase)).toEqual(['before', 'after', 'audit']);
  });

  test('takes it back when the time is over, proves that, and holds the plan', async () => {
    await applyToConfirm(rig, GATED);
    const { clock, fire, set } = timer();
    const settled = guard(rig, confirmationWait(clock, never));
    expect(await set).toBeLessThanOrEqual(600_000);
    fire();
    const ended = await settled;
    expect(ended?.report).toMatchObject({
      outcome: 'reverted',
      reason: 'it was not confirmed within 10m',
    });
    expect(ended?.report.answered).toBeUndefined();
    expect(rig.read(A)).toBe('old a\n');
    expect(ended?.report.checks.map(({ phase }) => phase)).toContain('revert');
    expect((await rig.state.load()).plans[0]?.hold).not.toBeNull();
  });

  test('takes it back at once when it is told to end', async () => {
    await applyToConfirm(rig, PROVEN);
    const stop = new AbortController();
    const { clock, set } = timer();
    const settled = guard(rig, confirmationWait(clock, stop.signal));
    await set;
    stop.abort();
    expect((await settled)?.report.outcome).toBe('reverted');
    expect(rig.read(A)).toBe('old a\n');
  });

  test('takes it back at once when somebody rejects it', async () => {
    await applyToConfirm(rig, PROVEN);
    const { clock, set } = timer();
    const settled = guard(rig, confirmationWait(clock, never));
    await set;
    await rejectWaiting(theWaiting(rig), rig.host, 'eve');
    expect((await settled)?.report).toMatchObject({
      outcome: 'reverted',
      reason: 'it was rejected by eve',
      answered: { answer: 'rejected', actor: 'eve' },
    });
    expect(rig.read(A)).toBe('old a\n');
    expect((await rig.state.load()).plans[0]?.hold).not.toBeNull();
  });

  test('has no time left for a run of an earlier boot', async () => {
    await applyToConfirm(rig, PROVEN);
    const { clock, fire, set } = timer();
    const restarted: Host = { ...rig.host, bootId: 'another boot' };
    expect(tooLate(theWaiting(rig), restarted)).toBe('restarted');
    const settled = guard(rig, confirmationWait(clock, never), restarted);
    expect(await set).toBe(0);
    fire();
    expect((await settled)?.report.outcome).toBe('reverted');
  });

  test('that is gone leaves the run to the next command, which takes it back', async () => {
    await applyToConfirm(rig, PROVEN);
    const ended = await guard(rig, undefined);
    expect(ended?.report).toMatchObject({ outcome: 'reverted' });
    expect(ended?.report.reason).toContain('not confirmed');
    expect(rig.read(A)).toBe('old a\n');
    expect(await guard(rig, undefined)).toBeUndefined();
  });

  test('finds a confirmation that came before it began to wait', async () => {
    await applyToConfirm(rig, PROVEN);
    await confirmWaiting(theWaiting(rig), ANN);
    const ended = await guard(rig, undefined);
    expect(ended?.report.outcome).toBe('applied');
    expect(ended?.report.answered).toEqual({ answer: 'confirmed', ...ANN });
    expect(rig.read(A)).toBe('new a\n');
  });

  test('keeps a run that was confirmed without a name: by an earlier version, or on a full disk', async () => {
    await applyToConfirm(rig, PROVEN);
    const { folder } = theWaiting(rig);
    mkdirSync(join(folder.dir, 'answer.json'));
    await confirmWaiting(theWaiting(rig), ANN);
    const ended = await guard(rig, undefined);
    expect(ended?.report.outcome).toBe('applied');
    expect(ended?.report.answered).toBeUndefined();
  });
});

test('a file that was edited while the run waited is named; the revert keeps an edit of other lines', async () => {
  rig.write(A, 'one\ntwo\nthree\nfour\nfive\n');
  await applyToConfirm(rig, [{ path: A, to: 'one\n2\nthree\nfour\nfive\n' }]);
  expect(await changedFiles(theWaiting(rig), rig.host)).toEqual([]);
  writeFileSync(rig.real(A), 'one\n2\nthree\nfour\n5\n');
  expect(await changedFiles(theWaiting(rig), rig.host)).toEqual([A]);
  const ended = await guard(rig, undefined);
  expect(ended?.report.outcome).toBe('reverted');
  expect(rig.read(A)).toBe('one\ntwo\nthree\nfour\n5\n');
});

test.each([
  ['damaged', (file: string) => writeFileSync(file, '')],
  ['gone', (file: string) => rmSync(file)],
])(
  'a proposal that is %s is the reason of the revert, and its plan is held',
  async (word, harm) => {
    await applyToConfirm(rig, PROVEN);
    const { folder } = theWaiting(rig);
    harm(folder.proposal);
    const ended = await guard(rig, undefined);
    expect(ended?.report).toMatchObject({
      outcome: 'reverted',
      reason: `it could not be confirmed: its proposal.json is ${word}`,
    });
    expect(readDecision(folder.decision)?.hold).toBe(true);
  },
);

test('a revert that cannot write its decision withdraws the proposal: nobody can confirm what is being taken back', async () => {
  await applyToConfirm(rig, PROVEN);
  const waiting = theWaiting(rig);
  const { folder } = waiting;
  const answers: Promise<unknown>[] = [];
  // The disk has room again and the confirmation comes in the middle of the revert.
  rig.on('restored', () => {
    rmdirSync(folder.decision);
    answers.push(confirmWaiting(waiting, ANN));
  });
  // As on a full disk no decision can be created: the name is taken by what is none.
  const full = (): Promise<'decided'> => {
    mkdirSync(folder.decision);
    return Promise.resolve('decided');
  };
  const ended = await guard(rig, full);
  expect(ended?.report.outcome).toBe('reverted');
  expect(await Promise.all(answers)).toEqual([null]);
  expect(rig.read(A)).toBe('old a\n');
});

/** What a guardian decides when the time is over. */
function expire({ folder, proposal }: WaitingRun): Promise<Decision> {
  const late = { ...proposal, decision: 'revert', reason: 'late', commits: [] } as const;
  return decide(folder, late);
}

async function expireAfter(writes: number, waiting: WaitingRun): Promise<Decision> {
  for (let i = 0; i < writes; i += 1) {
    await writeDurably(join(rig.root, 'late'), Buffer.from('x'), 0o600);
  }
  return expire(waiting);
}

/** Confirms after so many durable writes to another file. */
async function confirmAfter(writes: number, waiting: WaitingRun): Promise<Decision | null> {
  for (let i = 0; i < writes; i += 1) {
    await writeDurably(join(rig.root, 'scratch'), Buffer.from('x'), 0o600);
  }
  return confirmWaiting(waiting, ANN);
}

describe('the race for the decision', () => {
  test('has exactly one winner, and everybody is told the same, 100 times', async () => {
    await applyToConfirm(rig, PROVEN);
    const waiting = theWaiting(rig);
    const { folder } = waiting;
    const wins = { keep: 0, revert: 0 };
    for (let turn = 0; turn < 100; turn += 1) {
      rmSync(folder.decision, { force: true });
      const answers = await Promise.all([
        confirmAfter(turn % 3, waiting),
        turn % 10 === 9 ? expireAfter(40, waiting) : expire(waiting),
        confirmAfter(turn % 2, waiting),
      ]);
      const kinds = new Set(answers.map((decision) => decision?.decision));
      expect(kinds.size).toBe(1);
      const [kind] = kinds;
      if (kind !== undefined) wins[kind] += 1;
      expect(readDecision(folder.decision)?.decision).toBe(kind);
    }
    expect(wins.keep + wins.revert).toBe(100);
    expect(Math.min(wins.keep, wins.revert)).toBeGreaterThan(0);
  }, 60_000);

  test.each([0, 1, 2, 3])(
    'leaves host, record and decision in agreement (confirmed %i writes after the time is over)',
    async (writes) => {
      await applyToConfirm(rig, PROVEN);
      const waiting = theWaiting(rig);
      const [ended, decision] = await Promise.all([
        guard(rig, () => Promise.resolve('expired')),
        confirmAfter(writes, waiting),
      ]);
      const kept = decision?.decision === 'keep';
      expect(ended).toMatchObject({
        open: false,
        report: { outcome: kept ? 'applied' : 'reverted' },
      });
      expect(rig.read(A)).toBe(kept ? 'new a\n' : 'old a\n');
      expect(openJournals(rig.host)).toEqual([]);
    },
  );
});
