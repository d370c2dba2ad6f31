import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/checks/context.ts';
import { RestartProof } from '../../../src/checks/process.ts';
import type { ProcessBaseline } from '../../../src/checks/process-baseline.ts';
import {
  EMPTY_BASELINE,
  noteProcesses,
  startedSince,
} from '../../../src/checks/process-baseline.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { ProcessInfo } from '../../../src/host/ports.ts';
import type { ProcessCheck } from '../../../src/model/check.ts';
import { contextWith, ms, processesOf, running } from './check-world.ts';
import { IdleClock } from './idle-clock.ts';

const OLD = ['etcd', '--name=a'];
const NEW = ['etcd', '--name=a', '--quota-backend-bytes=1'];
const spec: ProcessCheck = { kind: 'process', argv: NEW, replaces: OLD };
const old = running(10, OLD);

const NOTED: ProcessBaseline = { processes: [old] };

/** `every` absent: one look an attempt. */
function proof(
  script: readonly (readonly ProcessInfo[])[],
  { check = spec, baseline = NOTED, every = 0 } = {},
) {
  const context = contextWith({
    processes: processesOf(script),
    clock: new IdleClock(),
    baseline,
  });
  return new RestartProof(check, context, { timeout: ms(10_000), every: ms(every) });
}

async function answers(check: RestartProof, count: number): Promise<Answer[]> {
  const all: Answer[] = [];
  for (let i = 0; i < count; i++) all.push(await check.attempt(new AbortController().signal));
  return all;
}

describe('restart proof', () => {
  test('the old process alone is never good, the new one alone is', async () => {
    const found = await answers(proof([[old], [old], [], [running(20, NEW)]]), 4);
    expect(found.map((a) => a.good)).toEqual([false, false, false, true]);
    expect(found[0]!.detail).toBe('the old process still runs (pid 10)');
    expect(found[3]).toMatchObject({ identity: '20:2000' });
  });

  test('is not good while old and new run side by side', async () => {
    const [both] = await answers(proof([[old, running(20, NEW)]]), 1);
    expect(both).toMatchObject({ good: false, detail: 'the old process still runs (pid 10)' });
  });

  test('a process with the old arguments that was not noted counts as old too', async () => {
    const [found] = await answers(proof([[running(11, OLD), running(20, NEW)]]), 1);
    expect(found!.good).toBe(false);
  });

  test('a noted process that rewrote its arguments is still the old one', async () => {
    const retitled = { ...old, argv: ['etcd: terminating'] };
    const [found] = await answers(proof([[retitled, running(20, NEW)]]), 1);
    expect(found!.good).toBe(false);
  });

  test('with unchanged arguments only a process that was not noted is new', async () => {
    const same: ProcessCheck = { kind: 'process', argv: OLD, replaces: OLD };
    const found = await answers(proof([[old], [running(12, OLD)]], { check: same }), 2);
    expect(found.map((a) => a.good)).toEqual([false, true]);
  });

  test('a noted process that already had the new arguments is not the restarted one', async () => {
    const already = running(11, NEW);
    const baseline = { processes: [old, already] };
    const found = await answers(proof([[already], [already, running(20, NEW)]], { baseline }), 2);
    expect(found[0]).toEqual({ good: false, detail: 'not restarted yet (pid 11)' });
    expect(found[1]).toMatchObject({ good: true, identity: '20:2000' });
  });

  test('a reused pid is told from the noted process by its start time', async () => {
    const same: ProcessCheck = { kind: 'process', argv: OLD, replaces: OLD };
    const reused = running(10, OLD, { startTime: '99' });
    const [found] = await answers(proof([[reused]], { check: same }), 1);
    expect(found).toMatchObject({ good: true, identity: '10:99' });
  });

  test('compares whole argument vectors and names the first difference', async () => {
    const longer = running(30, [...NEW, '--debug']);
    const wrapper = running(31, ['sh', '-c', NEW.join(' ')]);
    const [found] = await answers(proof([[wrapper, longer]]), 1);
    expect(found).toMatchObject({ good: false });
    expect(found!.detail).toBe(
      'etcd runs (pid 30) with other arguments: has --debug, expected nothing',
    );
  });

  test('without `replaces` the process must simply run, noted or not', async () => {
    const check: ProcessCheck = { kind: 'process', argv: OLD };
    const found = await answers(proof([[old], []], { check }), 2);
    expect(found.map((a) => a.good)).toEqual([true, false]);
    expect(found[1]!.detail).toContain('no process runs etcd --name=a');
  });

  test('a forked child with the same arguments is no start and changes no identity', async () => {
    const parent = running(20, NEW);
    const script = [21, 22, 23].map((pid) => [parent, running(pid, NEW, { ppid: 20 })]);
    const found = await answers(proof(script), 3);
    expect(found.map((a) => (a.good ? a.identity : a.detail))).toEqual(Array(3).fill('20:2000'));
  });

  test('the third start of a process that keeps exiting is fatal', async () => {
    const script = [[running(20, NEW)], [], [running(21, NEW)], [running(22, NEW)]];
    const found = await answers(proof(script), 4);
    expect(found.map((a) => a.good)).toEqual([true, false, true, false]);
    expect(found[3]).toMatchObject({ fatal: true });
    expect(found[3]!.detail).toContain('keeps exiting');
  });

  test('several processes that run at the same time are no crash loop', async () => {
    const workers = [20, 21, 22, 23].map((pid) => running(pid, NEW));
    expect((await answers(proof([workers]), 3)).every((a) => a.good)).toBe(true);
  });

  test('seen once and then gone for five attempts is fatal; never seen is not', async () => {
    const gone = await answers(proof([[running(20, NEW)], []]), 6);
    expect(gone.map((a) => !a.good && a.fatal === true)).toEqual([
      ...Array<boolean>(5).fill(false),
      true,
    ]);
    const never = await answers(proof([[]]), 20);
    expect(never.every((a) => !a.good && a.fatal !== true)).toBe(true);
  });

  test('looks several times an attempt, so that a short-lived process is seen', async () => {
    const check = proof([[], [], [], [running(20, NEW)], [], [], [], [running(21, NEW)]], {
      every: 2000,
    });
    expect((await answers(check, 2)).map((a) => a.good)).toEqual([true, true]);
  });

  test('counts starts that no listing ever shows', async () => {
    const tell: ((started: ProcessInfo) => void)[] = [];
    let ended = 0;
    const context = contextWith({
      processes: {
        list: () => Promise.resolve([]),
        watchStarts(wanted, seen) {
          expect(wanted(NEW)).toBe(true);
          expect(wanted(OLD)).toBe(false);
          tell.push(seen);
          return () => (ended += 1);
        },
      },
      clock: new IdleClock(),
      baseline: NOTED,
    });
    const check = new RestartProof(spec, context, { timeout: ms(10_000), every: ms(0) });
    await answers(check, 1);
    // The forked worker of a start is none of its own.
    for (const pid of [20, 21, 22]) tell[0]?.(running(pid, NEW));
    tell[0]?.({ ...running(23, NEW), ppid: 22 });
    const [last] = await answers(check, 1);
    expect(last).toMatchObject({ good: false, fatal: true });
    expect(last!.detail).toContain('3 started, 3 exited');
    check.close();
    expect([tell.length, ended]).toEqual([1, 1]);
  });

  test('is fatal and names the way out when processes cannot be seen', async () => {
    const error = new SetpointError(1, [
      { code: 'SP9001', severity: 'error', message: '/proc is not mounted' },
    ]);
    const context = contextWith({ processes: { list: () => Promise.reject(error) } });
    const [found] = await answers(new RestartProof(spec, context, { timeout: ms(1000) }), 1);
    expect(found).toMatchObject({ good: false, fatal: true });
    expect(found!.detail).toMatch(/\/proc is not mounted.*restartProof: weak/u);
  });

  test('says that processes of other users are hidden', async () => {
    const processes = { list: async () => [], visible: async () => 'own' as const };
    const check = new RestartProof(spec, contextWith({ processes }), { timeout: ms(1000) });
    expect((await answers(check, 1))[0]!.detail).toContain('those of other users are hidden');
  });
});

describe('process baseline', () => {
  test('notes the processes of the checks and nothing else', async () => {
    const others = [running(1, ['init']), running(11, [...OLD, '--debug'])];
    const noted = await noteProcesses([spec], processesOf([[...others, old, running(20, NEW)]]));
    expect(JSON.parse(JSON.stringify(noted))).toEqual({
      processes: [
        { pid: 10, startTime: '1000', argv: OLD },
        { pid: 20, startTime: '2000', argv: NEW },
      ],
    });
  });

  test('does not read processes without a process check', async () => {
    const processes = { list: () => Promise.reject(new Error('unreadable')) };
    await expect(noteProcesses([], processes)).resolves.toEqual(EMPTY_BASELINE);
  });

  test('a revert accepts the process from before the write and no longer the one started since', async () => {
    const before = { processes: [old] };
    const check: ProcessCheck = { kind: 'process', argv: OLD, replaces: NEW };
    const fresh = running(20, NEW);
    const baseline = startedSince(before, { processes: [old, fresh] });
    const found = await answers(proof([[old, fresh], [old]], { check, baseline }), 2);
    expect(found.map((a) => a.good)).toEqual([false, true]);
  });

  test('a revert with unchanged arguments waits until what started since is gone', async () => {
    const check: ProcessCheck = { kind: 'process', argv: OLD, replaces: OLD };
    const since = running(20, OLD);
    const baseline = startedSince({ processes: [old] }, { processes: [since] });
    const found = await answers(proof([[since], [running(21, OLD)]], { check, baseline }), 2);
    expect(found.map((a) => a.good)).toEqual([false, true]);
  });
});
