import { expect, it } from 'vitest';
import type { RunId } from '../../../../src/model/brand.ts';
import { gaveBack } from '../../../../src/operations/reverting/gave-back.ts';

function helpFor(restored: boolean, planStays: boolean, whole = true): string | undefined {
  const given = { paths: ['/etc/old.conf'], planStays, whole };
  return gaveBack({ run: 'RR' as RunId, restored }, given).diagnostics[0]?.help;
}

it('what a revert gave back its plan manages again: no backup, which is not the original, is proposed', () => {
  const help = helpFor(true, true);
  expect(help).toMatch(/setpoint apply --retry-held --reason TEXT$/);
  expect(help).not.toContain('git revert');
});

it('where a commit removed the plan, the commit is undone; only of an apply is the backup its content', () => {
  expect(helpFor(false, false)).toMatch(
    /^git revert .* apply; or, .*nobody manages then: setpoint backup restore RR$/,
  );
  expect(helpFor(false, true, false)).toMatch(/^git revert .* apply$/);
  expect(helpFor(true, false)).toMatch(/^git revert .* apply$/);
});
