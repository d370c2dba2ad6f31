import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CalendarSchedule, CronReading } from '../../../src/cron/cron-schedule.ts';
import { readCrontab } from '../../../src/cron/crontab/read-crontab.ts';
import { readKubernetes } from '../../../src/cron/kubernetes/read-kubernetes.ts';
import { kubernetesRuns } from '../../../src/cron/kubernetes/kubernetes-runs.ts';
import { crontabRuns } from '../../../src/cron/crontab/crontab-runs.ts';
import { zoneClock } from '../../../src/cron/zone/zone-clock.ts';

interface Vector {
  readonly expression: string;
  readonly zone: string;
  readonly from: string;
  readonly next: readonly string[];
}

/** What robfig/cron itself says: scripts/cron-vectors. */
const VECTORS = JSON.parse(
  readFileSync(new URL('vectors/robfig.json', import.meta.url), 'utf8'),
) as readonly Vector[];

function calendar(reading: CronReading): CalendarSchedule {
  if (!reading.ok || reading.schedule.kind !== 'calendar') throw new Error('no calendar');
  return reading.schedule;
}

/** The next times as ISO texts to the second. */
function next(
  schedule: CalendarSchedule,
  zone: string,
  from: string,
  count: number,
): readonly string[] {
  const offset = zoneClock(zone);
  const found: string[] = [];
  const after = Date.parse(from);
  const runs =
    schedule.dialect === 'kubernetes'
      ? kubernetesRuns(schedule, after, offset)
      : crontabRuns(schedule, after, offset);
  for (const run of runs) {
    found.push(new Date(run).toISOString().replace('.000', ''));
    if (found.length === count) break;
  }
  return found;
}

describe.each([...new Set(VECTORS.map(({ zone }) => zone))])('Kubernetes in %s', (zone) => {
  it.each(VECTORS.filter((one) => one.zone === zone))(
    'fires as robfig/cron does: $expression from $from',
    (vector) => {
      const schedule = calendar(readKubernetes(vector.expression));
      expect(next(schedule, zone, vector.from, 6)).toEqual(vector.next);
    },
  );
});

function runs(text: string, from: string, count = 3): readonly string[] {
  return next(calendar(readCrontab(text)), 'Europe/Berlin', from, count);
}

describe('a crontab', () => {
  it('runs a fixed time that is skipped right after the gap, and one that comes twice once', () => {
    expect(runs('30 2 * * *', '2026-03-28T20:00:00Z')).toEqual([
      '2026-03-29T01:00:00Z',
      '2026-03-30T00:30:00Z',
      '2026-03-31T00:30:00Z',
    ]);
    expect(runs('30 2 * * *', '2026-10-24T20:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  it('runs a star by the clock', () => {
    expect(runs('30 * * * *', '2026-03-29T00:00:00Z', 2)).toEqual([
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
    ]);
    expect(runs('30 * * * *', '2026-10-25T00:00:00Z', 3)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30:00Z',
    ]);
  });

  it('never runs on a day that there is not', () => {
    expect(runs('0 0 30 2 *', '2026-01-01T00:00:00Z')).toEqual([]);
    expect(runs('0 0 29 2 *', '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-28T23:00:00Z']);
  });
});
