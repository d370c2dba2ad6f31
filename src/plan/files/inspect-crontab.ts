import { systemPlaceProblem } from '../../kinds/crontab/cron-places.ts';
import type { DeclaredProblem } from '../../kinds/crontab/declared-problem.ts';
import { judgeSetting } from '../../kinds/crontab/judge-environment.ts';
import { judgeJob } from '../../kinds/crontab/judge-job.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { rangeInScalar } from './range-in-scalar.ts';
import { child, entries, type MapEntry, type SourceNode } from './source-tree.ts';

/** What the schema cannot say of a resource of kind `crontab`: where it is, and what cron takes. */
export function inspectCrontab(
  inspection: Inspection,
  { keySpan, value: resource }: MapEntry,
): void {
  if (resource.type !== 'map') return;
  const path = resource.entries.get('path');
  const user = resource.entries.get('user');
  if (path === undefined && user === undefined) {
    const help = 'write path: /etc/cron.d/NAME, or user: NAME for the crontab of a user';
    complain(inspection, 'SP1212', keySpan, 'this crontab has neither path nor user', help);
  }
  if (path !== undefined && user !== undefined) {
    complain(
      inspection,
      'SP1212',
      user.keySpan,
      '"user" and "path" exclude each other',
      'keep one',
    );
  }
  if (!resource.entries.has('jobs') && !resource.entries.has('environment')) {
    const help = 'write jobs:, environment: or both';
    complain(inspection, 'SP1212', keySpan, 'this crontab declares nothing', help);
  }
  inspectPlace(inspection, path?.value);
  inspectOwner(inspection, user?.value);
  const escapes = child(resource, 'escapePercent');
  const escaped = !(escapes?.type === 'scalar' && escapes.value === false);
  for (const job of entries(child(resource, 'jobs'))) {
    inspectUser(inspection, job, user !== undefined);
    inspectJob(inspection, job.value, escaped);
  }
  for (const setting of entries(child(resource, 'environment')))
    inspectSetting(inspection, setting);
}

function inspectPlace(inspection: Inspection, node: SourceNode | undefined): void {
  const path = literal(inspection, node);
  if (node === undefined || path === null || !path.startsWith('/')) return;
  const problem = systemPlaceProblem(path);
  if (problem !== null) complain(inspection, 'SP2253', node, problem.message, problem.help);
}

/** The name is a file of the spool: judged as the user of a job is. */
function inspectOwner(inspection: Inspection, node: SourceNode | undefined): void {
  const user = literal(inspection, node);
  if (node === undefined || user === null) return;
  const [problem] = judgeJob({ schedule: '* * * * *', user, command: 'true' }, true);
  if (problem !== undefined)
    complain(inspection, problem.code, node, problem.message, problem.help);
}

function inspectUser(inspection: Inspection, { keySpan, value }: MapEntry, ofUser: boolean): void {
  if (value.type !== 'map') return;
  const named = value.entries.get('user');
  if (ofUser && named !== undefined) {
    const help = 'leave it out: the jobs of a user run as that user';
    complain(inspection, 'SP2265', named.keySpan, 'a job here has no user of its own', help);
  } else if (!ofUser && named === undefined) {
    const help = 'write the user that it runs as, e.g. user: root';
    complain(inspection, 'SP2265', keySpan, 'this job names no user', help);
  }
}

/** Parts that depend on variables are judged when these are known. */
function inspectJob(inspection: Inspection, node: SourceNode, escapes: boolean): void {
  if (node.type !== 'map') return;
  const nodes = {
    schedule: child(node, 'schedule'),
    user: child(node, 'user'),
    command: child(node, 'command'),
  };
  const job = {
    schedule: literal(inspection, nodes.schedule) ?? '* * * * *',
    user: literal(inspection, nodes.user),
    command: literal(inspection, nodes.command) ?? 'true',
  };
  for (const problem of judgeJob(job, escapes)) {
    if (problem.part !== 'value') point(inspection, nodes[problem.part], problem);
  }
}

function inspectSetting(inspection: Inspection, { key, keySpan, value }: MapEntry): void {
  if (value.type !== 'scalar') return;
  const text = typeof value.value === 'string' ? literal(inspection, value) : value.text;
  if (text === null) return;
  const problem = judgeSetting(key, text);
  if (problem !== null) complain(inspection, problem.code, keySpan, problem.message, problem.help);
}

function point(
  inspection: Inspection,
  node: SourceNode | undefined,
  problem: DeclaredProblem,
): void {
  if (node === undefined) return;
  const { code, column, length, message, help } = problem;
  complain(inspection, code, rangeInScalar(inspection.file, node, column, length), message, help);
}
