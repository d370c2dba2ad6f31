import { expect, it } from 'vitest';
import { tolerate } from '../../../src/apply/machine/tolerate.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';

const FULL: Diagnostic = { code: 'SP6011', severity: 'error', message: 'the disk is full' };

it('what fails is told in the run, which goes on', async () => {
  const diagnostics: Diagnostic[] = [];
  const failed = tolerate({ diagnostics }, () => {
    throw new SetpointError(1, [FULL]);
  });
  expect(await failed).toBeUndefined();
  expect(diagnostics).toEqual([FULL]);
  expect(await tolerate({ diagnostics }, () => Promise.resolve('done'))).toBe('done');
});

it('a bug is not tolerated', async () => {
  const diagnostics: Diagnostic[] = [];
  await expect(
    tolerate({ diagnostics }, () => Promise.reject(new TypeError('bug'))),
  ).rejects.toThrow('bug');
  expect(diagnostics).toEqual([]);
});
