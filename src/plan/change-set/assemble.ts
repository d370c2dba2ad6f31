import type { Digest, HostName, WorkspaceName } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { ChangeSet, ChangeSetMeta, PlanPart, PlanRequest } from '../../model/change-set.ts';

export interface ChangeSetFacts {
  readonly host: HostName;
  readonly workspace: WorkspaceName;
  readonly request: PlanRequest;
  readonly parts: readonly PlanPart[];
  readonly meta: ChangeSetMeta;
}

export function assembleChangeSet(facts: ChangeSetFacts): ChangeSet {
  const { host, workspace, request, parts, meta } = facts;
  const digest = changeSetDigest({ host, workspace, parts });
  return { formatVersion: '1.0', digest, host, workspace, request, parts, meta };
}

/** The same set, not to be applied after a time (ISO 8601, UTC): its digest covers that, so that nobody can move it unnoticed. */
export function expiringAt(set: ChangeSet, notAfter: string): ChangeSet {
  const expiring = { ...set, notAfter };
  return { ...expiring, digest: changeSetDigest(expiring) };
}

/**
 * Covers all that apply will do and all it depends on: format, host, workspace, the time it expires at, and every part with inputs, bindings, edits,
 * gates, audits and actions. Commit, time, actor, request, warnings and counts of unchanged items lie outside.
 */
export function changeSetDigest(
  set: Pick<ChangeSet, 'host' | 'workspace' | 'parts' | 'notAfter'>,
): Digest {
  return digestOf({
    formatVersion: '1.0',
    host: set.host,
    workspace: set.workspace,
    ...(set.notAfter === undefined ? {} : { notAfter: set.notAfter }),
    parts: set.parts.map(({ unchanged: _unchanged, warnings: _warnings, ...bound }) => bound),
  });
}
