import type { AuditResult } from '../../../operations/results.ts';
import { plural } from '../change-counts.ts';

export type AuditedComponent = AuditResult['components'][number];
export type AuditedRow = AuditedComponent['rows'][number];

/** `24 of 41 rows pass (58 %), 17 fail, 3 manual, 20 not applicable`; the share is of what passes or fails, never rounded up. */
export function scoreText({
  score,
  unread,
  duplicates,
}: Pick<AuditResult, 'duplicates' | 'score' | 'unread'>): string {
  const { pass, fail, manual, notApplicable } = score;
  const judged = pass + fail;
  const share = judged === 0 ? '' : ` (${Math.floor((100 * pass) / judged)} %)`;
  const parts = [
    `${pass} of ${judged} rows pass${share}`,
    `${fail} fail`,
    ...(manual === 0 ? [] : [`${manual} manual`]),
    ...(notApplicable === 0 ? [] : [`${notApplicable} not applicable`]),
    ...(unread.length === 0 ? [] : [`${unread.length} not readable`]),
    ...(duplicates.length === 0 ? [] : [`${plural(duplicates.length, 'pod')} in several files`]),
  ];
  return parts.join(', ');
}

/** `cis-1.11 for Kubernetes 1.31`. */
export function profileText({ profile, kubernetes }: AuditResult): string {
  return kubernetes === null ? profile : `${profile} for Kubernetes ${kubernetes}`;
}

type Duplicate = AuditResult['duplicates'][number];

/** What is wrong with a pod that is in several files, and what to do. */
export function duplicateTexts({
  pod,
  runs,
  others,
}: Duplicate): Record<'remedy' | 'what', string> {
  return {
    what: `the pod ${pod} is in ${others.join(', ')}, too; the kubelet runs ${runs}`,
    remedy: `move ${others.length === 1 ? 'one of the two' : 'all but one'} out of the directory`,
  };
}

/** Where a component was found, for people. */
export function placeText({ path, pids }: AuditedComponent): string {
  const processes = pids.length === 0 ? 'not seen running' : `pid ${pids.join(', ')}`;
  return path === null ? processes : `${path}, ${processes}`;
}
