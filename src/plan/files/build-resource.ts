import type * as data from '../../generated/plan-types.ts';
import type { AuditSpec } from '../../model/check.ts';
import type { HostPath, ResourceId, WorkspacePath } from '../../model/brand.ts';
import type {
  CatalogueRule,
  GateDefaults,
  ResolvedResource,
  ResourceSpec,
} from '../../model/plan-file.ts';
import { cronjobSpec } from './build-cronjob.ts';
import { crontabSpec } from './build-crontab.ts';
import { fileSpec } from './build-file.ts';
import { manifestSpec } from './build-manifest.ts';
import { scheduleSpec } from './build-schedule.ts';
import { actionSpecs, auditSpecs, gateSpecs, manifestAuditSpecs } from './build-check.ts';
import { canonicalFlagName } from '../../kinds/manifest/flags/item-key.ts';
import { spotOf, type SourceFile } from './source-file.ts';
import { child, entries, type MapEntry, type SourceNode } from './source-tree.ts';

export interface BuildContext {
  readonly file: SourceFile;
  readonly defaults: GateDefaults;
  /** Version of the benchmark for rows that name none. */
  readonly cis: string | null;
  /** For manifests that do not say it themselves; `null`: strict. */
  readonly catalogue: 'strict' | CatalogueRule | null;
  /** Bytes of every source that the plan names. */
  readonly sources: ReadonlyMap<WorkspacePath, Uint8Array>;
}

/** One resource from its validated data; `entry` gives its place and the exact text of its flags. */
export function resolvedResource(
  resource: data.Resource,
  entry: MapEntry,
  context: BuildContext,
): ResolvedResource {
  const { gates = 'default', onChange = [] } = resource;
  return {
    id: entry.key as ResourceId,
    spec: resourceSpec(resource, entry.value, context),
    gates: typeof gates === 'string' ? 'default' : gateSpecs(gates, entry.key, context.defaults),
    audits: audits(resource, entry.key, context),
    onChange: actionSpecs(onChange),
    at: spotOf(context.file, entry.keySpan.start),
    ...flagPlaces(entry.value, context.file),
  };
}

function flagPlaces(node: SourceNode, file: SourceFile): Pick<ResolvedResource, 'flagsAt'> {
  const flags = entries(child(node, 'flags'));
  if (flags.length === 0) return {};
  const places = flags.map(
    ({ key, keySpan }) => [canonicalFlagName(key), spotOf(file, keySpan.start)] as const,
  );
  return { flagsAt: Object.fromEntries(places) };
}

function audits(
  resource: data.Resource,
  id: string,
  { cis, defaults }: BuildContext,
): readonly AuditSpec[] {
  if (resource.kind !== 'manifest') return auditSpecs(resource.audits ?? [], id, defaults);
  const { path, container = null } = resource;
  const about = { path: path as HostPath, container, version: cis };
  return manifestAuditSpecs(resource.audits ?? [], id, defaults, about);
}

function resourceSpec(
  resource: data.Resource,
  node: SourceNode,
  context: BuildContext,
): ResourceSpec {
  switch (resource.kind) {
    case 'manifest':
      return manifestSpec(resource, node, context.catalogue);
    case 'file':
      return fileSpec(resource, context.sources);
    case 'cronjob':
      return cronjobSpec(resource);
    case 'crontab':
      return crontabSpec(resource, node);
    case 'schedule':
      return scheduleSpec(resource, node, context.sources);
    default:
      return resource satisfies never;
  }
}
