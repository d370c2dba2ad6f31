import type * as data from '../../generated/plan-types.ts';
import type { AuditSpec } from '../../model/check.ts';
import type { HostPath, ResourceId, WorkspacePath } from '../../model/brand.ts';
import type {
  CatalogueRule,
  FileSpec,
  FlagDeclaration,
  GateDefaults,
  ManifestSpec,
  MountDeclaration,
  ResolvedResource,
  ResourceSpec,
} from '../../model/plan-file.ts';
import { actionSpecs, auditSpecs, gateSpecs, manifestAuditSpecs } from './build-check.ts';
import { canonicalFlagName } from '../../kinds/manifest/flags/item-key.ts';
import { workspacePath } from './paths.ts';
import { spotOf, type SourceFile } from './source-file.ts';
import { child, entries, items, type MapEntry, type SourceNode } from './source-tree.ts';

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
  if (resource.kind === 'file') return auditSpecs(resource.audits ?? [], id, defaults);
  const { path, container = null } = resource;
  const about = { path: path as HostPath, container, version: cis };
  return manifestAuditSpecs(resource.audits ?? [], id, defaults, about);
}

function resourceSpec(
  resource: data.Resource,
  node: SourceNode,
  context: BuildContext,
): ResourceSpec {
  return resource.kind === 'manifest'
    ? manifestSpec(resource, node, context)
    : fileSpec(resource, context);
}

function manifestSpec(
  resource: data.ManifestResource,
  node: SourceNode,
  context: BuildContext,
): ManifestSpec {
  const flags = entries(child(node, 'flags')).map((flag): [string, FlagDeclaration] => [
    flag.key,
    flagDeclaration(flag.value),
  ]);
  return {
    kind: 'manifest',
    path: resource.path as HostPath,
    container: resource.container ?? null,
    flags: Object.fromEntries(flags),
    ...mounts(resource),
    ...(resource.pathCheck === 'off' ? { pathCheck: 'off' } : {}),
    restartProof: resource.restartProof ?? 'strict',
    ...catalogueRule(resource.catalogue ?? context.catalogue ?? 'strict'),
    ...companions(resource),
    ...writeMethod(resource),
    ...recordRule(resource),
  };
}

/** Plans without mounts keep their digests. */
function mounts({ mounts: declared }: data.ManifestResource): Pick<ManifestSpec, 'mounts'> {
  if (declared === undefined) return {};
  const mounted = declared.map((mount): MountDeclaration => ({
    path: mount.path as HostPath,
    hostPath: (mount.hostPath ?? mount.path) as HostPath,
    readOnly: mount.readOnly ?? null,
    type: mount.type ?? null,
    name: mount.name ?? null,
  }));
  return { mounts: mounted };
}

/** Values keep the text they are written with: `0644`, `1e3` and 20-digit numbers must not be mangled. */
function flagDeclaration(node: SourceNode): FlagDeclaration {
  if (node.type === 'scalar') {
    return node.value === null ? { form: 'absent' } : { form: 'value', value: node.text };
  }
  const map = child(node, 'entries');
  if (map !== undefined) {
    const members = entries(map).map(({ key, value }): [string, string | null] => [
      key,
      value.type === 'scalar' && value.value !== null ? value.text : null,
    ]);
    return { form: 'entries', entries: Object.fromEntries(members) };
  }
  const texts = (key: string): readonly string[] =>
    items(child(node, key)).flatMap((item) => (item.type === 'scalar' ? [item.text] : []));
  return { form: 'elements', include: texts('include'), exclude: texts('exclude') };
}

function fileSpec(resource: data.FileResource, context: BuildContext): FileSpec {
  const source = resource.source === undefined ? null : workspacePath(resource.source);
  const path = source !== null && 'path' in source ? source.path : null;
  const written = resource.content === undefined ? null : Buffer.from(resource.content, 'utf8');
  return {
    kind: 'file',
    path: resource.path as HostPath,
    content:
      resource.absent === true
        ? null
        : path === null
          ? written
          : (context.sources.get(path) ?? null),
    mode: resource.mode === undefined ? null : Number.parseInt(resource.mode, 8),
    source: path,
    ...writeMethod(resource),
    ...recordRule(resource),
  };
}

/** What is not said leaves no trace, as below. */
function companions({
  uid,
  probes,
  irreversible,
}: data.ManifestResource): Pick<ManifestSpec, 'uid' | 'probes' | 'irreversible'> {
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(probes === 'follow' ? { probes } : {}),
    ...(irreversible === undefined ? {} : { irreversible }),
  };
}

/** The default leaves no trace: digests of plans that do not say it stay as they were. */
function writeMethod({ write }: data.Resource): Pick<ResourceSpec, 'write'> {
  return write === 'in-place' ? { write } : {};
}

function catalogueRule(rule: 'strict' | CatalogueRule): Pick<ManifestSpec, 'catalogue'> {
  return rule === 'strict' ? {} : { catalogue: rule };
}

/** What the plan file says; nothing is not the same as `full`: that is for secrets, too. */
function recordRule({ record }: data.Resource): Pick<ResourceSpec, 'record'> {
  return record === undefined ? {} : { record };
}
