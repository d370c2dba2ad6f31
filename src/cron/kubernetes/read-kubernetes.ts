import type { CronReading } from '../cron-schedule.ts';
import type { FieldName } from '../dialect.ts';
import { problemAt, splitAt } from '../cron-text.ts';
import type { CronProblem, CronText } from '../cron-text.ts';
import { joined, readFields } from '../read-fields.ts';
import type { ReadField } from '../read-fields.ts';
import { shortcut, SHORTCUT_NAMES } from '../shortcuts.ts';
import { readEvery } from './read-every.ts';
import { readRange } from './read-range.ts';
import type { CronRange } from './read-range.ts';

/**
 * A schedule as CronJobs take it. Rules: robfig/cron v3.0.1 ParseStandard, and kubernetes/kubernetes pkg/apis/batch/validation
 * (no zone in the expression). What the API server would take and never run is refused, too.
 */
export function readKubernetes(source: string): CronReading {
  const whole = { text: source, column: 1 };
  const zone = /^\s*(?:CRON_)?TZ=\S*/.exec(source)?.[0];
  if (zone !== undefined) {
    const help = 'say the zone in timeZone';
    return wrong(problemAt({ ...whole, text: zone }, 'a zone does not go before the fields', help));
  }
  if (source.startsWith('@')) return readDescriptor(source, whole);
  const read = readFields(source, readField);
  if ('problems' in read) return { ok: false, problems: read.problems };
  const { fields } = read;
  return { ok: true, schedule: { kind: 'calendar', dialect: 'kubernetes', fields } };
}

function readDescriptor(source: string, whole: CronText): CronReading {
  if (source.startsWith('@every ')) return readEvery(source);
  const fields = shortcut(source);
  if (fields !== null) return readKubernetes(fields);
  const help = `it takes ${SHORTCUT_NAMES.join(', ')} and @every 1h30m`;
  return wrong(problemAt(whole, `${JSON.stringify(source)} is no word of Kubernetes`, help));
}

/** Empty parts of a list are dropped. */
function readField(name: FieldName, text: CronText): ReadField {
  const ranges: CronRange[] = [];
  const problems: CronProblem[] = [];
  for (const part of splitAt(text, ',').filter((one) => one.text !== '')) {
    const read = readRange(name, part);
    if ('problem' in read) problems.push(read.problem);
    else ranges.push(read.value);
  }
  if (problems.length > 0) return { problems };
  return {
    field: joined(
      ranges,
      ranges.some((range) => range.star),
    ),
  };
}

function wrong(problem: CronProblem): CronReading {
  return { ok: false, problems: [problem] };
}
