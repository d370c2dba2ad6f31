import { describe, expect, it } from 'vitest';
import type { Diagnostic, Result } from '../../../../src/diagnostics/diagnostic.ts';
import { OWN_LAYOUT } from '../../../../src/kinds/schedule/layout.ts';
import { scheduleKind } from '../../../../src/kinds/schedule/schedule-kind.ts';
import { NOBODY_LOOKED } from '../../../../src/kinds/surroundings.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { ScheduleSpec } from '../../../../src/model/plan-file.ts';
import { INVALID_FILES } from './invalid-files.ts';
import type { InvalidFile } from './invalid-files.ts';

function specOf({ dialect = 'crontab', json }: InvalidFile): ScheduleSpec {
  return {
    kind: 'schedule',
    path: `/etc/jobs.${json === true ? 'json' : 'yaml'}` as HostPath,
    dialect,
    entries: { ours: { schedule: dialect === 'extended' ? '0 0 4 * * *' : '0 4 * * *' } },
    global: {},
    ...OWN_LAYOUT,
    schema: 'own',
  };
}

const problems = (result: Result<unknown>): readonly Diagnostic[] =>
  result.ok ? [] : result.diagnostics;

/** What a plan that adds an entry is told of the file, at the first step that refuses it. */
function refusal(row: InvalidFile): readonly Diagnostic[] {
  const spec = specOf(row);
  const bytes = typeof row.content === 'string' ? Buffer.from(row.content) : row.content;
  const image: FileImage = { exists: true, bytes, mode: 0o644 };
  const items = scheduleKind.desired(spec, image, spec.path);
  if (!items.ok) return items.diagnostics;
  const keys = items.value.map(({ key }) => key);
  const seen = problems(scheduleKind.observe(image, keys, spec.path));
  if (seen.length > 0) return seen;
  const sets = items.value.map((item) => ({ op: 'set', item }) as const);
  const edited = scheduleKind.edit(image, sets, spec.path);
  if (!edited.ok) return edited.diagnostics;
  const { image: after } = edited.value;
  return scheduleKind.judge(spec, image, after, spec.path, NOBODY_LOOKED);
}

describe('a plan that adds an entry to', () => {
  it.each(INVALID_FILES.map((row) => [row.name, row] as const))('%s is refused', (_name, row) => {
    const found = refusal(row);
    const [first] = found;
    const place = first?.at === undefined ? '' : ` ${first.at.line}:${first.at.column}`;
    expect(`${first?.code}${place}`).toBe(row.told);
    expect(found.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('covers at least forty', () => {
    expect(new Set(INVALID_FILES.map(({ name }) => name)).size).toBe(INVALID_FILES.length);
    expect(INVALID_FILES.length).toBeGreaterThan(40);
  });
});
