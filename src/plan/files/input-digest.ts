import type { Digest } from '../../model/brand.ts';
import { digestOf, sha256 } from '../../model/canonical-json.ts';
import type { ResolvedPlan, ResolvedResource } from '../../model/plan-file.ts';

/** Digest of everything a plan means on its host; places in the file are no part of it, content counts by its hash. */
export function inputDigest(plan: Omit<ResolvedPlan, 'inputDigest'>): Digest {
  return digestOf({ ...plan, resources: plan.resources.map(meaning) });
}

function meaning({ at: _at, flagsAt: _flagsAt, spec, ...resource }: ResolvedResource): unknown {
  if (spec.kind === 'schedule' && typeof spec.schema !== 'string') {
    return { ...resource, spec: { ...spec, schema: sha256(spec.schema.bytes) } };
  }
  if (spec.kind !== 'file' || spec.content === null) return { ...resource, spec };
  return { ...resource, spec: { ...spec, content: sha256(spec.content) } };
}
