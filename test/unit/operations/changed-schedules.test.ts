/** When schedules fire that a plan changes, with a kind that reads `name zone dialect expression` lines. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../src/cron/dialect.ts';
import type { HeldSchedule } from '../../../src/kinds/held-schedule.ts';
import type { Kind } from '../../../src/kinds/kind.ts';
import { fileKind } from '../../../src/kinds/file/file-kind.ts';
import type { HostPath, ItemKey } from '../../../src/model/brand.ts';
import { ABSENT } from '../../../src/model/file-image.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import type { PlannedPart } from '../../../src/plan/difference/planner-input.ts';
import { changedSchedules } from '../../../src/operations/scheduling/changed-schedules.ts';
import { file, part } from '../cli/fixture.ts';

const PATH = '/etc/jobs' as HostPath;
const NOW = Date.parse('2026-03-28T12:00:00Z');

const lineKind = { ...fileKind, schedules: heldBy } as unknown as Kind;

function heldBy(_spec: unknown, image: FileImage): ReadonlyMap<ItemKey, HeldSchedule> {
  const lines = image.exists ? new TextDecoder().decode(image.bytes).split('\n') : [];
  return new Map(
    lines.map((line) => {
      const [name = '', zone = '', dialect = '', ...fields] = line.split(' ');
      const held = { name, zone: zone === '-' ? null : zone, dialect: dialect as Dialect };
      return [`job:${name}` as ItemKey, { ...held, text: fields.join(' ') }];
    }),
  );
}

function image(text: string | null): FileImage {
  if (text === null) return ABSENT;
  return { exists: true, bytes: new TextEncoder().encode(text), mode: 0o644 };
}

function planned(before: string | null, after: string | null, more: object = {}): PlannedPart {
  const change = file(PATH, { resources: [], ...more });
  return {
    part: part('jobs', { files: [change] }),
    images: new Map([[PATH, { before: image(before), after: image(after) }]]),
  };
}

function changed(before: string | null, after: string | null, more: object = {}) {
  return changedSchedules(
    { parts: [planned(before, after, more)], plans: [] },
    NOW,
    () => lineKind,
  );
}

function manyAt(hour: number): string {
  const all = Array.from({ length: 300 }, (_, at) => `j${at} UTC crontab ${at % 60} ${hour} * * *`);
  return all.join('\n');
}

describe('schedules that a plan changes', () => {
  it('have their next three runs before and after, in their zone, and words', async () => {
    const { schedules, warnings } = await changed(
      'a UTC crontab 0 3 * * *\nb UTC crontab @daily',
      'a Europe/Berlin kubernetes 30 2 * * *\nb UTC crontab @daily',
    );
    expect(warnings).toEqual([]);
    expect(schedules).toEqual([
      {
        plan: 'jobs',
        path: PATH,
        key: 'job:a',
        name: 'a',
        moved: null,
        before: {
          schedule: '0 3 * * *',
          dialect: 'crontab',
          zone: 'UTC',
          words: 'At 03:00',
          next: [
            '2026-03-29T03:00:00+00:00',
            '2026-03-30T03:00:00+00:00',
            '2026-03-31T03:00:00+00:00',
          ],
        },
        after: {
          schedule: '30 2 * * *',
          dialect: 'kubernetes',
          zone: 'Europe/Berlin',
          words: 'At 02:30',
          // The 29th has no 02:30.
          next: [
            '2026-03-30T02:30:00+02:00',
            '2026-03-31T02:30:00+02:00',
            '2026-04-01T02:30:00+02:00',
          ],
        },
      },
    ]);
  });

  it('come and go', async () => {
    const { schedules } = await changed('a - crontab @daily', 'b - extended H 3 * * *');
    expect(schedules.map(({ name, before, after }) => [name, before?.words, after?.words])).toEqual(
      [
        ['a', 'At 00:00', undefined],
        ['b', undefined, expect.stringMatching(/^At 03:\d\d$/)],
      ],
    );
  });

  it('are told where only the zone or the dialect moves them', async () => {
    const zone = await changed('a UTC crontab 0 3 * * *', 'a Asia/Tokyo crontab 0 3 * * *');
    expect(zone.warnings.map(({ code, message }) => [code, message])).toEqual([
      [
        'SP2305',
        'plan jobs: /etc/jobs: the schedule of a stays as it is written and means another time: 2026-03-29T03:00:00+09:00 instead of 2026-03-29T03:00:00+00:00',
      ],
    ]);
    const dialect = await changed('a UTC crontab 0 0 */2 * 1', 'a UTC kubernetes 0 0 */2 * 1');
    expect(dialect.schedules[0]?.moved).toEqual({
      before: '2026-04-13T00:00:00+00:00',
      after: '2026-03-29T00:00:00+00:00',
    });
  });

  it('are warned of where they never fire, and told where they cannot be read', async () => {
    const { schedules, warnings } = await changed(
      null,
      'a UTC crontab 0 0 30 2 *\nb UTC crontab x',
    );
    expect(warnings).toMatchObject([
      { code: 'SP2302', message: 'plan jobs: /etc/jobs: a never fires: 0 0 30 2 *' },
    ]);
    expect(schedules[1]?.after).toMatchObject({ words: null, next: [] });
  });

  it('are not shown of a file that is recorded without copies, or not written', async () => {
    const lines = ['a UTC crontab @daily', 'a UTC crontab @hourly'] as const;
    expect((await changed(...lines, { record: { rule: 'digest' } })).schedules).toEqual([]);
    expect((await changed(...lines, { write: false })).schedules).toEqual([]);
    expect((await changed(...lines)).schedules).toHaveLength(1);
  });

  it('are 200 at most', async () => {
    const { schedules, warnings } = await changed(manyAt(3), manyAt(4));
    expect(schedules).toHaveLength(200);
    expect(warnings.map(({ message }) => message)).toEqual([
      '100 more changed schedules are not shown with their runs',
    ]);
  });
});
