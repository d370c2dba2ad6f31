import { expect, test } from 'vitest';
import { runAudits } from '../../../src/checks/run-audits.ts';
import { commandsOf, contextWith, ms, recorder } from './check-world.ts';
import { IdleClock } from './idle-clock.ts';

function audit(id: string) {
  return { id, check: { kind: 'command', run: [id] }, timeout: ms(1000) } as const;
}

test('each audit is asked once and all are judged', async () => {
  const heard = recorder();
  const commands = commandsOf({ a: [1, 0], b: ['hang'], c: [0] });
  const context = contextWith({ clock: new IdleClock(), commands });
  const outcome = await runAudits([audit('a'), audit('b'), audit('c')], context, heard);
  expect(outcome.verdict).toBe('red');
  expect(outcome.results.map((r) => [r.id, r.verdict, r.attempts, r.phase, r.detail])).toEqual([
    ['a', 'red', 1, 'audit', 'a exited 1'],
    ['b', 'red', 1, 'audit', 'no answer within 1s'],
    ['c', 'green', 1, 'audit', 'c exited 0'],
  ]);
  expect(heard.events.map((e) => e.type)).toEqual(Array(3).fill('audit-finished'));
});

test('no audits are green; an interrupted one gives no verdict', async () => {
  const signal = AbortSignal.abort();
  expect(await runAudits([], contextWith({}), recorder())).toEqual({
    verdict: 'green',
    results: [],
  });
  const outcome = await runAudits([audit('a')], contextWith({ signal }), recorder());
  expect(outcome).toMatchObject({ verdict: 'aborted', results: [{ verdict: 'skipped' }] });
});
