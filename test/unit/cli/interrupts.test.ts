import { describe, expect, it } from 'vitest';

import { settled } from '../../../src/cli/interrupted-apply.ts';
import { interruptible } from '../../../src/cli/interruptible.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { applyResult, report } from './fixture.ts';

const QUIET = { first: () => {}, second: () => {} };
const REFUSAL = [{ code: 'SP3001', severity: 'error', message: 'no' }] as const;

describe('an apply that a signal reached', () => {
  it.each([
    ['reverted', applyResult([report('a', { outcome: 'reverted' })], { exitCode: 3 }), 130, 'done'],
    ['with nothing changed', applyResult([report('a', { outcome: 'interrupted' })]), 130, 'done'],
    ['before later plans', applyResult([report('a')], { notRun: ['b' as never] }), 130, 'done'],
    [
      'with a failed revert needs a person',
      applyResult([report('a', { outcome: 'revert-failed' })], { exitCode: 4 }),
      4,
      'failed',
    ],
  ])('%s', (_, result, exitCode, revert) => {
    expect(settled(result, 'SIGINT')).toEqual({ exitCode, closing: `revert: ${revert}` });
  });

  it('too late has no effect', () => {
    expect(settled(applyResult([report('a')]), 'SIGTERM')).toEqual({ exitCode: 0, closing: null });
  });

  it('and whose commit is missing still needs a person', () => {
    const result = applyResult([report('a', { unrecorded: true })], { exitCode: 4 });
    expect(settled(result, 'SIGINT')).toEqual({ exitCode: 4, closing: null });
  });
});

describe('interruptible work', () => {
  it('that stops by the abort exits by the signal', async () => {
    const work = interruptible(QUIET, (signal) => {
      process.emit('SIGTERM', 'SIGTERM');
      return Promise.reject(signal.reason as Error);
    });
    await expect(work).rejects.toMatchObject({ exitCode: 143, diagnostics: [{ code: 'SP9011' }] });
  });

  it('keeps the text of a refusal, and its exit code when it needs a person', async () => {
    function refusing(exitCode: number): Promise<unknown> {
      return interruptible(QUIET, () => {
        process.emit('SIGINT', 'SIGINT');
        return Promise.reject(new SetpointError(exitCode, REFUSAL));
      });
    }
    await expect(refusing(5)).rejects.toMatchObject({ exitCode: 130, diagnostics: REFUSAL });
    await expect(refusing(4)).rejects.toMatchObject({ exitCode: 4, diagnostics: REFUSAL });
  });

  it('leaves bugs to the boundary', async () => {
    const bug = new TypeError('x');
    const work = interruptible(QUIET, () => {
      process.emit('SIGHUP', 'SIGHUP');
      return Promise.reject(bug);
    });
    await expect(work).rejects.toBe(bug);
  });

  it('takes its listeners away', async () => {
    const before = process.listenerCount('SIGHUP');
    await interruptible(QUIET, () => Promise.resolve());
    // Ending at once is put back, once.
    expect(process.listenerCount('SIGHUP')).toBeLessThanOrEqual(before + 1);
    await interruptible(QUIET, () => Promise.resolve());
    expect(process.listenerCount('SIGHUP')).toBeLessThanOrEqual(before + 1);
  });
});
