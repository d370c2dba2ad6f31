import { describe, expect, it } from 'vitest';
import type { HostPath } from '../../../../../src/model/brand.ts';
import { conflictData } from '../../../../../src/operations/planning/conflict/conflict-data.ts';
import type { Shown } from '../../../../../src/operations/planning/conflict/file-conflict.ts';
import { StaleSetError } from '../../../../../src/operations/planning/stale-set-error.ts';
import { regionsOf } from '../../../../../src/operations/planning/conflict/three-sides.ts';
import { withErrorBoundary } from '../../../../../src/cli/error-boundary.ts';
import { envelope } from '../../../cli/envelope.ts';
import { capture } from '../../../cli/run-command.ts';

const path = '/etc/a.yaml' as HostPath;
const regions =
  regionsOf({
    base: Buffer.from('a\nö\nc\nd\n'),
    theirs: Buffer.from('a\nü\nc\nd\n'),
    ours: Buffer.from('a\nx\nc\nd\n'),
  }) ?? [];

describe('a conflict for programs', () => {
  it('has the three sides of each region as text, and says whether lines overlap', () => {
    expect(conflictData({ path, shown: { is: 'regions', regions, again: 'overlaps' } })).toEqual({
      path,
      overlap: true,
      shown: 'regions',
      again: 'overlaps',
      regions: [{ by: 'overlap', line: 2, base: 'ö\n', theirs: 'ü\n', ours: 'x\n' }],
    });
  });

  it.each<[Shown, object]>([
    [{ is: 'hidden' }, {}],
    [{ is: 'not-lines' }, {}],
    [
      { is: 'base-unknown', sha256: 'ab', planned: '+x\n' },
      { sha256: 'ab', planned: '+x\n' },
    ],
  ])('does not say of %j what is not known', (shown, more) => {
    expect(conflictData({ path, shown })).toEqual({
      path,
      overlap: null,
      shown: shown.is,
      ...more,
    });
  });

  it('is in the error of the envelope, and fits its schema', async () => {
    const all: readonly Shown[] = [
      { is: 'regions', regions, again: 'merges' },
      { is: 'base-unknown', sha256: 'ab', planned: '+x\n' },
      { is: 'not-lines' },
      { is: 'hidden' },
    ];
    const problem = { code: 'SP3030', severity: 'error', message: 'stale' } as const;
    const conflicts = all.map((shown) => ({ path, shown }));
    const argv = ['apply', 'set.json', '--json'];
    const ran = await capture(() =>
      withErrorBoundary({ argv, commands: () => [] }, () =>
        Promise.reject(new StaleSetError(problem, conflicts)),
      ),
    );
    expect(ran.code).toBe(6);
    expect(envelope(ran).error).toMatchObject({
      code: 'SP3030',
      conflicts: [
        { path, overlap: false, again: 'merges' },
        { shown: 'base-unknown' },
        { shown: 'not-lines' },
        { shown: 'hidden' },
      ],
    });
  });
});
