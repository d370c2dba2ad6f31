import { inspectCisRow } from './inspect-cis-row.ts';
import { inspectCheck } from './inspect-check.ts';
import { inspectContent } from './inspect-content.ts';
import { inspectCronJob } from './inspect-cronjob.ts';
import { inspectCrontab } from './inspect-crontab.ts';
import { inspectManifest } from './inspect-manifest.ts';
import { inspectSchedule } from './inspect-schedule.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { hostPathProblem } from './paths.ts';
import { child, items, type MapEntry, type SourceNode } from './source-tree.ts';

/** What the schema cannot say of one resource. */
export function inspectResource(inspection: Inspection, entry: MapEntry): void {
  const resource = entry.value;
  inspectPath(inspection, child(resource, 'path'));
  const kind = literal(inspection, child(resource, 'kind'));
  inspectRecord(inspection, kind, child(resource, 'record'));
  if (kind === 'file') inspectContent(inspection, entry);
  if (kind === 'manifest') inspectManifest(inspection, entry);
  if (kind === 'crontab') inspectCrontab(inspection, entry);
  if (kind === 'cronjob') inspectCronJob(inspection, entry);
  if (kind === 'schedule') inspectSchedule(inspection, entry);
  for (const audit of items(child(resource, 'audits'))) inspectCisRow(inspection, audit, resource);
  for (const key of ['gates', 'audits', 'onChange']) {
    for (const check of items(child(resource, key))) inspectCheck(inspection, check);
  }
}

function inspectPath(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  // What does not begin with / was already refused by the schema.
  if (node === undefined || text === null || !text.startsWith('/')) return;
  const problem = hostPathProblem(text);
  if (problem !== null) complain(inspection, 'SP1301', node, problem.message, problem.help);
}

/** Each kind has one rule without copies; the other one would promise what cannot be kept, or what it keeps anyway. */
function inspectRecord(
  inspection: Inspection,
  kind: string | null,
  node: SourceNode | undefined,
): void {
  const rule = literal(inspection, node);
  if (node === undefined) return;
  if (kind === 'manifest' && rule === 'digest') {
    const message = 'flags cannot be recorded by digest: their values are what is compared';
    complain(inspection, 'SP3046', node, message, 'write items: no copies of the file are kept');
  }
  if (kind === 'schedule' && rule === 'digest') {
    const message = 'entries cannot be recorded by digest: their values are what is compared';
    complain(inspection, 'SP3046', node, message, 'write items: no copies of the file are kept');
  }
  if (kind === 'file' && rule === 'items') {
    const message = 'a file is recorded in full or by digest: it has no items with values';
    complain(inspection, 'SP3046', node, message, 'write digest');
  }
}
