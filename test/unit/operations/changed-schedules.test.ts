/** When schedules fire that a plan changes, with a kind that reads `name zone dialect expression` lines, and `most N`; `#name` is off. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../../src/cron/dialect.ts';
import type { HeldSchedule } from '../../../src/kinds/held-schedule.ts';
import type { Kind } from '../../../src/kinds/kind.ts';
import { fileKind } from '../../../src/kinds/file/file-kind.ts';
import type { HostPath, ItemKey, Millis } from '../../../src/model/brand.ts';
import { ABSENT } from '../../../src/model/file-image.ts';
import type { FileImage } from '../../../src/model/file-image.ts';
import type { PlannedPart } from '../../../src/plan/difference/planner-input.ts';
import { changedSchedules } from '../../../src/operations/scheduling/changed-schedules.ts';
import { file, item, part } from '../cli/fixture.ts';

const PATH = '/etc/jobs' as HostPath;
const NOW = Date.parse('2026-03-28T12:00:00Z');

const lineKind = { ...fileKind, schedules: heldBy, runsAtOnce: mostBy } as unknown as Kind;

function linesOf(image: FileImage): readonly string[] {
  return image.exists ? new TextDecoder().decode(image.bytes).split('\n') : [];
}

function mostBy(_spec: unknown, image: FileImage): number | null {
  const line = linesOf(image).find((one) => one.startsWith('most '));
  return line === undefined ? null : Number(line.slice(5));
}

function heldBy(_spec: unknown, image: FileImage): ReadonlyMap<ItemKey, HeldSchedule> {
  const jobs = linesOf(image).filter((line) => !line.startsWith('most '));
  return new Map(
    jobs.map((line) => {
      const [word = '', zone = '', dialect = '', ...fields] = line.split(' ');
      const name = word.replace('#', '');
      const held = { name, zone: zone === '-' ? null : zone, dialect: dialect as Dialect };
      const rest = { text: fields.join(' '), enabled: name === word };
      return [`job:${name}` as ItemKey, { ...held, ...rest }];
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
    { now: NOW, warnEvery: 120_000 as Millis, kindOf: () => lineKind },
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
          enabled: true,
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
          enabled: true,
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

  it.each([
    ['another plan declares that file', PATH, ['At 03:00', undefined]],
    ['nobody says who reads it', '/etc/other' as HostPath, undefined],
  ])('are shown of a file that a gone plan gives back where %s', async (_what, path, words) => {
    const kind = {
      ...lineKind,
      schedules: (spec: unknown, one: FileImage) => (spec === null ? new Map() : heldBy(spec, one)),
    } as unknown as Kind;
    const spec = { kind: 'file', path };
    const plans = [{ name: 'another', resources: [{ id: 'x', spec }] }] as never;
    const { schedules } = await changedSchedules(
      { parts: [planned('a UTC crontab 0 3 * * *', '', { kind: 'file' })], plans },
      { now: NOW, warnEvery: 120_000 as Millis, kindOf: () => kind },
    );
    const [first] = schedules;
    expect(first && [first.before?.words, first.after?.words]).toEqual(words);
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

async function warned(before: string | null, after: string | null): Promise<readonly string[]> {
  const { warnings } = await changed(before, after);
  return warnings.map(
    ({ code, message }) => `${code} ${message.replace(`plan jobs: ${PATH}: `, '')}`,
  );
}

describe('of more changes than are shown', () => {
  const others = manyAt(3);
  const own = 'own UTC crontab * 3 * * *\nodd UTC crontab 0 0 30 2 *';

  it('those that the plan names come first, and those that the zone of the file moves after them', async () => {
    const { part: made, images } = planned(
      others,
      `${others.replaceAll('UTC', 'Asia/Tokyo')}\n${own}`,
    );
    const items = ['job:own', 'job:odd'].map((key) =>
      item('add', key, null, '', { path: PATH, key: key as ItemKey }),
    );
    const { schedules } = await changedSchedules(
      { parts: [{ part: { ...made, items }, images }], plans: [] },
      { now: NOW, warnEvery: 120_000 as Millis, kindOf: () => lineKind },
    );
    expect(schedules.slice(0, 3).map(({ name }) => name)).toEqual(['own', 'odd', 'j0']);
  });

  it('all are looked at, and the first fifty warnings told', async () => {
    const told = await warned(null, `${others}\n${own}`);
    expect(told.map((line) => line.slice(0, 10))).toEqual([
      'SP2303 own',
      'SP2302 odd',
      'SP2306 102',
    ]);
    const many = await warned(null, manyAt(3).replaceAll(/\d+ 3 \* \* \*/g, '* * * * *'));
    expect([many.length, many[50]]).toEqual([52, 'SP2306 250 more warnings are not shown']);
  });
});

describe('a schedule that is off', () => {
  it('is a change when it is switched off or on', async () => {
    const { schedules } = await changed('a UTC crontab @daily', '#a UTC crontab @daily');
    expect(schedules.map(({ before, after }) => [before?.enabled, after?.enabled])).toEqual([
      [true, false],
    ]);
  });

  it('is not warned of, whatever it says, until it is switched on', async () => {
    const odd = 'a UTC crontab 0 0 30 2 *\nb UTC crontab * * * * *';
    const off = odd.replaceAll(/^/gm, '#');
    expect(await warned(null, off)).toEqual([]);
    expect(await warned(off, off.replaceAll('UTC', 'Asia/Tokyo'))).toEqual([]);
    expect((await warned(off, odd)).map((line) => line.slice(0, 8))).toEqual([
      'SP2302 a',
      'SP2303 b',
    ]);
  });
});

describe('a schedule that fires too often', () => {
  it('is told once: where it comes, or where its text changes', async () => {
    const often = 'a UTC crontab * 3 * * *';
    const told =
      'SP2303 a fires more often than every 2 minutes: at 2026-03-29T03:00:00+00:00 and 2026-03-29T03:01:00+00:00';
    expect(await warned(null, often)).toEqual([told]);
    expect(await warned('a UTC crontab * 4 * * *', often)).toEqual([told]);
    expect(await warned(often, 'a UTC crontab 0 3 * * *')).toEqual([]);
    expect(await warned(often, `${often}\nb UTC crontab @daily`)).toEqual([]);
    expect((await warned('a Etc/UTC crontab * * * * *', 'a UTC crontab * * * * *')).length).toBe(0);
  });

  it('is none at the distance itself', async () => {
    expect(await warned(null, 'a UTC crontab */2 * * * *')).toEqual([]);
    expect(await warned(null, 'a UTC kubernetes @every 119s')).toHaveLength(1);
    expect(await warned(null, 'a UTC extended */30 * * * * *')).toHaveLength(1);
  });
});

describe('more entries in one minute than may run at once', () => {
  const two = 'most 2\na UTC crontab 0 3 * * *\nb UTC crontab 0 3 * * 1';

  it('are told where a changed schedule is one of them, with those of others', async () => {
    expect(await warned(two, `${two}\nc Asia/Tokyo crontab 0 12 * * *`)).toEqual([
      'SP2304 3 entries fire at 2026-03-30T03:00:00+00:00, and 2 run at once: a, b, c',
    ]);
  });

  it('are not told of minutes that the change leaves alone, nor where it takes one away', async () => {
    const three = `${two}\nc UTC crontab 0 3 * * *`;
    expect(await warned(three, `${three}\nd UTC crontab 0 4 * * *`)).toEqual([]);
    expect(await warned(`${three}\nd UTC crontab 0 3 * * *`, three)).toEqual([]);
    expect(await warned(three, three.replace('most 2', 'most 3'))).toEqual([]);
  });

  it('are told where the limit is lowered, although no schedule changes', async () => {
    expect(await warned(two, two.replace('most 2', 'most 1'))).toEqual([
      'SP2304 2 entries fire at 2026-03-30T03:00:00+00:00, and 1 run at once: a, b',
    ]);
  });

  it('do not count those that are off', async () => {
    expect(await warned(two, `${two}\n#c UTC crontab 0 3 * * *`)).toEqual([]);
    expect(
      await warned(`${two}\n#c UTC crontab 0 3 * * *`, `${two}\nc UTC crontab 0 3 * * *`),
    ).toEqual(['SP2304 3 entries fire at 2026-03-30T03:00:00+00:00, and 2 run at once: a, b, c']);
  });

  it('are found behind the 200 changes that are shown', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `j${at} UTC crontab ${at % 60} 3 * * *`);
    const told = await warned('most 5', ['most 5', ...lines, 'z UTC crontab 0 3 * * *'].join('\n'));
    expect(told[0]).toBe(
      'SP2304 6 entries fire at 2026-03-29T03:00:00+00:00, and 5 run at once: j0, j60, j120, j180, j240, z',
    );
  });
});
