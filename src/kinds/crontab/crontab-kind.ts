import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { DesiredItem, ItemValue, LiveItem } from '../../model/item.ts';
import type { CrontabSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { readCrontabFile } from './crontab-file.ts';
import type { OwnPiece } from './crontab-file.ts';
import { meaningOf, plainJob } from './crontab-line.ts';
import type { DeclaredProblem } from './declared-problem.ts';
import { editCrontab } from './edit-crontab.ts';
import { heldSchedules } from './held-schedules.ts';
import { judgeCrontab } from './judge-crontab.ts';
import { judgeSetting } from './judge-environment.ts';
import { jobLine, judgeJob } from './judge-job.ts';
import { keyOf, markerOf } from './marker.ts';

/** Kind `crontab`: jobs and settings, each the line below a marker comment of ours. Rules: Debian's cron 3.0pl1-162. */
export const crontabKind: Kind<CrontabSpec> = {
  name: 'crontab',
  // /etc/cron.d and the spool are known as such places; /etc, where the other one is, is none.
  watched: false,
  desired,
  declared: itemsOf,
  observe,
  same: (key, a, b) => a === b || (isJob(key) && plain(a) === plain(b)),
  edit: editCrontab,
  derivedGates: () => [],
  judge: judgeCrontab,
  looksAt: () => [],
  schedules: heldSchedules,
  restart: () => 'not-applicable',
};

function desired(
  spec: CrontabSpec,
  _image: FileImage,
  path: HostPath,
): Result<readonly DesiredItem[]> {
  const jobs = Object.entries(spec.jobs).flatMap(([id, job]) =>
    job === null ? [] : judgeJob(job, spec.escapePercent !== false).map(told(path, `job ${id}`)),
  );
  const settings = Object.entries(spec.environment).flatMap(([name, value]) => {
    const problem = judgeSetting(name, value);
    return problem === null ? [] : [told(path, name)(problem)];
  });
  const problems = [...jobs, ...settings];
  return problems.length > 0 ? fail(...problems) : ok(itemsOf(spec));
}

function told(path: string, what: string): (problem: DeclaredProblem) => Diagnostic {
  return ({ code, part, column, message, help }) => ({
    code,
    severity: 'error',
    message: `${path}: ${what}: ${part}, column ${column}: ${message}`,
    help,
  });
}

function itemsOf({ jobs, environment, escapePercent }: CrontabSpec): readonly DesiredItem[] {
  const settings = Object.entries(environment).map(([name, value]) =>
    item(keyOf({ what: 'env', name }), value),
  );
  const lines = Object.entries(jobs).map(([name, job]) => {
    const line = job === null ? null : utf8(jobLine(job, escapePercent !== false));
    return item(keyOf({ what: 'job', name }), line);
  });
  return [...settings, ...lines];
}

function item(key: ItemKey, value: ItemValue): DesiredItem {
  return { key, value, label: key };
}

function observe(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const unknown = keys.filter((key) => markerOf(key) === null);
  if (unknown.length > 0) {
    const message = `${path}: not items of a crontab: ${unknown.join(', ')}`;
    const help = 'recorded state was written by another version of setpoint';
    return fail({ code: 'SP2024', severity: 'error', message, help });
  }
  const read = readCrontabFile(image, path);
  if (!read.ok) return read;
  const { own } = read.value;
  return ok(new Map(keys.map((key) => [key, live(own.get(key))])));
}

/** `line` is the text below the marker, a character a byte: it comes back as it was. */
function live(piece: OwnPiece | undefined): LiveItem {
  const body = piece?.body ?? null;
  if (body === null) return { value: null, before: { version: 1, line: null } };
  const meaning = meaningOf(body);
  const value = meaning.is === 'setting' ? meaning.setting.value : body.text;
  return { value: utf8(value), before: { version: 1, line: body.text } };
}

function isJob(key: ItemKey): boolean {
  return markerOf(key)?.what === 'job';
}

function plain(value: ItemValue): ItemValue {
  return value === null ? null : plainJob(value);
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
