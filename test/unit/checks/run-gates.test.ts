import { describe, expect, test } from 'vitest';
import type { CheckContext } from '../../../src/checks/context.ts';
import { runGates } from '../../../src/checks/run-gates.ts';
import type { ProcessInfo } from '../../../src/host/ports.ts';
import type { CheckResult, GatePhase, GateSpec, ProcessCheck } from '../../../src/model/check.ts';
import {
  commandsOf,
  contextWith,
  gate,
  ms,
  processesOf,
  recorder,
  running,
} from './check-world.ts';
import { IdleClock } from './idle-clock.ts';

const A = gate('a', { kind: 'command', run: ['a'] });
const B = gate('b', { kind: 'command', run: ['b'] });
const OLD = ['etcd'];
const NEW = ['etcd', '--debug'];
const restart: ProcessCheck = { kind: 'process', argv: NEW, replaces: OLD };

type Scripts = Readonly<Record<string, readonly (number | 'hang')[]>>;

async function judge(
  gates: readonly GateSpec[],
  scripts: Scripts,
  phase: GatePhase = 'after',
  parts: Partial<CheckContext> = {},
) {
  const clock = new IdleClock();
  const commands = commandsOf(scripts);
  const heard = recorder();
  const outcome = await runGates(gates, phase, contextWith({ clock, commands, ...parts }), heard);
  expect(clock.pending).toBe(0);
  return { ...outcome, clock, events: heard.events, calls: commands.calls.map((argv) => argv[0]) };
}

function verdicts(results: readonly CheckResult[]) {
  return results.map((r) => `${r.id} ${r.verdict}`);
}

describe('one gate', () => {
  test('needs its good answers in a row: a bad one starts the count again', async () => {
    const { verdict, results, events, clock } = await judge([A], { a: [1, 0, 0, 1, 0, 0, 0, 1] });
    expect(verdict).toBe('green');
    expect(results[0]).toMatchObject({ attempts: 7, phase: 'after', took: 12_000 });
    expect(clock.monotonic()).toBe(12_000);
    const counts = events.flatMap((e) => (e.type === 'gate-attempt' ? [e.consecutive] : []));
    expect(counts).toEqual([0, 1, 2, 0, 1, 2, 3]);
    expect(events[0]).toMatchObject({ type: 'gate-phase-started', gates: ['a'] });
    expect(events.at(-1)).toMatchObject({ type: 'gate-finished', result: { verdict: 'green' } });
  });

  test('is red when its time is over, with the last answer', async () => {
    const { verdict, results, clock } = await judge([A], { a: [0, 0, 1] });
    expect(verdict).toBe('red');
    expect(clock.monotonic()).toBeLessThanOrEqual(300_000);
    expect(clock.monotonic()).toBeGreaterThan(295_000);
    expect(results[0]!.detail).toBe(
      'not 3 good answers in a row within 300s (at most 2); last: a exited 1',
    );
  });

  test('asks once even when its time is shorter than its pause', async () => {
    const hasty = { ...A, within: ms(1000), successes: 1 };
    expect((await judge([hasty], { a: [0] })).verdict).toBe('green');
    expect((await judge([hasty], { a: [1] })).results[0]).toMatchObject({ attempts: 1 });
  });

  test('an attempt that hangs is cut at its limit and counts as bad', async () => {
    const { verdict, results, events } = await judge([A], { a: ['hang', 0] });
    expect(verdict).toBe('green');
    expect(results[0]).toMatchObject({ attempts: 4, took: 16_000 });
    expect(events[1]).toMatchObject({ good: false, detail: 'no answer within 10s' });
  });

  test('a hanging attempt does not outlive the time of its gate', async () => {
    const { results, clock } = await judge([{ ...A, within: ms(25_000) }], { a: ['hang'] });
    expect(results[0]).toMatchObject({ verdict: 'red', attempts: 3 });
    expect(clock.monotonic()).toBe(25_000);
  });

  test('an attempt that is cut by the end of the time does not hide the last real answer', async () => {
    const { results } = await judge([{ ...A, within: ms(6000) }], { a: [1, 'hang'] });
    expect(results[0]).toMatchObject({ verdict: 'red', attempts: 2 });
    expect(results[0]?.detail).toContain('last: a exited 1');
  });

  test('a check that throws gives a bad answer, not a broken run', async () => {
    const { verdict, results } = await judge([A], {});
    expect(verdict).toBe('red');
    expect(results[0]!.detail).toContain('last:');
  });

  test('a fatal answer ends the waiting at once', async () => {
    const bad = gate('a', { kind: 'command', run: ['a'], output: { matches: '(' } });
    const { results, clock } = await judge([bad], { a: [0] });
    expect(results[0]).toMatchObject({ verdict: 'red', attempts: 1 });
    expect(clock.monotonic()).toBe(0);
  });

  test('without a pause still ends', async () => {
    const busy = { ...A, every: ms(0), within: ms(1000) };
    expect((await judge([busy], { a: [1] })).verdict).toBe('red');
  });
});

describe('phases', () => {
  test('only gates of the phase are judged; none is green and silent', async () => {
    const onlyAfter: GateSpec = { ...A, phases: ['after'] };
    const { verdict, results, events } = await judge([onlyAfter], {}, 'before');
    expect({ verdict, results, events }).toEqual({ verdict: 'green', results: [], events: [] });
  });

  test('before the change one good answer is enough', async () => {
    const { verdict, calls } = await judge([A, B], { a: [0], b: [1, 0] }, 'before');
    expect(verdict).toBe('green');
    expect(calls).toEqual(['a', 'b', 'b']);
  });

  test('before the change three bad answers are red, and the other gates are judged too', async () => {
    const { verdict, results, clock } = await judge([A, B], { a: [1], b: [0] }, 'before');
    expect(verdict).toBe('red');
    expect(verdicts(results)).toEqual(['a red', 'b green']);
    expect(results[0]).toMatchObject({ attempts: 3, detail: 'a exited 1' });
    expect(clock.monotonic()).toBe(4000);
  });

  test('after the change the first red ends the phase', async () => {
    const { verdict, results, calls, events } = await judge([A, B], { a: [1], b: [0] });
    expect(verdict).toBe('red');
    expect(verdicts(results)).toEqual(['a red', 'b skipped']);
    expect(calls).not.toContain('b');
    expect(events.filter((e) => e.type === 'gate-finished')).toHaveLength(2);
  });

  test('after a revert every gate is judged', async () => {
    const { verdict, results } = await judge([A, B], { a: [1], b: [0] }, 'revert');
    expect(verdict).toBe('red');
    expect(verdicts(results)).toEqual(['a red', 'b green']);
  });

  test('behind a red gate each has what it needs, not all of its time again', async () => {
    const scripts = { a: [1], b: [1], c: [0, 1, 0, 0, 0] };
    const C = gate('c', { kind: 'command', run: ['c'] });
    const { results, clock } = await judge([A, B, C], scripts, 'revert');
    expect(verdicts(results)).toEqual(['a red', 'b red', 'c green']);
    expect(clock.monotonic()).toBeLessThan(350_000);
  });
});

describe('gates are proven together', () => {
  test('a gate that goes bad while another is waited for is not green', async () => {
    const { verdict, results } = await judge([A, B], { a: [0, 0, 0, 1], b: [1, 0] });
    expect(verdict).toBe('red');
    expect(verdicts(results)).toEqual(['a red', 'b green']);
  });

  test('a gate that was bad in between is counted anew, then all are asked again', async () => {
    const { verdict, calls } = await judge([A, B], { a: [0, 0, 0, 1, 0], b: [0] });
    expect(verdict).toBe('green');
    expect(calls.join('')).toBe('aaabbbaaaabab');
  });

  test('two gates that are never good at the same time end red', async () => {
    const flapping = { a: [0, 1], b: [0] };
    const gates = [A, B].map((g) => ({ ...g, successes: 1, within: ms(20_000) }));
    const script = { ...flapping, a: Array.from({ length: 999 }, (_, i) => i % 2) };
    expect((await judge(gates, script)).verdict).toBe('red');
  });

  test('the time of a gate stands still while another is waited for', async () => {
    const slow = [...Array<number>(140).fill(1), 0];
    const gates = [{ ...A, within: ms(30_000) }, B];
    const { verdict, clock } = await judge(gates, { a: [0, 0, 0, 1, 0], b: slow });
    expect(clock.monotonic()).toBeGreaterThan(280_000);
    expect(verdict).toBe('green');
  });
});

describe('restart proof as a gate', () => {
  const P = gate('p', restart);
  const old = running(1, OLD);
  const one = running(2, NEW);

  async function judgeProcess(script: readonly (readonly ProcessInfo[])[], more: GateSpec[] = []) {
    const processes = processesOf(script);
    const baseline = { processes: [old] };
    return judge([P, ...more], { a: [1] }, 'after', { processes, baseline });
  }

  test('does not pass while only the old process runs', async () => {
    const { verdict, results } = await judgeProcess([[old]]);
    expect(verdict).toBe('red');
    expect(results[0]!.detail).toContain('last: the old process still runs (pid 1)');
  });

  test('passes once the new process has stayed for the settle time', async () => {
    const script = [...Array.from({ length: 25 }, () => [old]), [old, one], [one]];
    const { verdict, results } = await judgeProcess(script);
    expect(verdict).toBe('green');
    expect(results[0]!.detail).toContain('runs (pid 2)');
  });

  test('a restart during settle starts the count again', async () => {
    const { events, verdict } = await judgeProcess([[one], [one], [running(3, NEW)]]);
    expect(verdict).toBe('green');
    const counts = events.flatMap((e) => (e.type === 'gate-attempt' ? [e.consecutive] : []));
    expect(counts).toEqual([1, 2, 1, 2, 3]);
  });

  test('a process that keeps exiting ends the waiting for its endpoint', async () => {
    const script = [[one], [one], [one], [], [running(3, NEW)], [], [running(4, NEW)]];
    const { verdict, results, clock } = await judgeProcess(script, [A]);
    expect(verdict).toBe('red');
    expect(results.map((r) => r.verdict)).toEqual(['red', 'skipped']);
    expect(results[0]!.detail).toContain('keeps exiting');
    expect(clock.monotonic()).toBeLessThan(30_000);
  });
});

describe('interruption', () => {
  test('ends at once, also within a pause, and gives no verdict', async () => {
    const interrupt = new AbortController();
    const clock = new IdleClock();
    const listener = recorder();
    const context = contextWith({
      clock,
      commands: commandsOf({ a: [0, 0, 0], b: [1] }),
      signal: interrupt.signal,
    });
    const outcome = await runGates([A, B], 'after', context, {
      ...listener,
      listener: (event) => {
        listener.listener(event);
        if (event.type === 'gate-attempt' && event.id === 'b') interrupt.abort();
      },
    });
    expect(outcome.verdict).toBe('aborted');
    expect(verdicts(outcome.results)).toEqual(['a green', 'b skipped']);
    expect(clock.monotonic()).toBe(4000);
    expect(clock.pending).toBe(0);
  });

  test('cancels the attempt in flight', async () => {
    const interrupt = new AbortController();
    const commands = commandsOf({ a: ['hang'] });
    const clock = { now: () => new Date(0), monotonic: () => 0, sleep: untilSignal };
    const context = contextWith({ clock, commands, signal: interrupt.signal });
    const outcome = runGates([A], 'after', context, recorder());
    setImmediate(() => interrupt.abort());
    expect(await outcome).toMatchObject({ verdict: 'aborted', results: [{ verdict: 'skipped' }] });
  });
});

/** A clock that stands still. */
function untilSignal(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
