import type * as data from '../../generated/plan-types.ts';
import type { HostPath, ResourceId, WorkspacePath } from '../../model/brand.ts';
import type {
  FileSpec,
  FlagDeclaration,
  GateDefaults,
  ManifestSpec,
  ResolvedResource,
  ResourceSpec,
} from '../../model/plan-file.ts';
import { actionSpecs, auditSpecs, gateSpecs } from './build-check.ts';
import { workspacePath } from './paths.ts';
import { spotOf, type SourceFile } from './source-file.ts';
import { child, entries, items, type MapEntry, type SourceNode } from './source-tree.ts';

export interface BuildContext {
  readonly file: SourceFile;
  readonly defaults: GateDefaults;
  /** Bytes of every source that the plan names. */
  readonly sources: ReadonlyMap<WorkspacePath, Uint8Array>;
}

/** One resource from its validated data; `entry` gives its place and the exact text of its flags. */
export function resolvedResource(
  resource: data.Resource,
  entry: MapEntry,
  context: BuildContext,
): ResolvedResource {
  const { gates = 'default', audits = [], onChange = [] } = resource;
  return {
    id: entry.key as ResourceId,
    spec: resourceSpec(resource, entry.value, context),
    gates: typeof gates === 'string' ? 'default' : gateSpecs(gates, entry.key, context.defaults),
    audits: auditSpecs(audits, entry.key, context.defaults),
    onChange: actionSpecs(onChange),
    at: spotOf(context.file, entry.keySpan.start),
  };
}

function resourceSpec(
  resource: data.Resource,
  node: SourceNode,
  context: BuildContext,
): ResourceSpec {
  return resource.kind === 'manifest' ? manifestSpec(resource, node) : fileSpec(resource, context);
}

function manifestSpec(resource: data.ManifestResource, node: SourceNode): ManifestSpec {
  const flags = entries(child(node, 'flags')).map((flag): [string, FlagDeclaration] => [
    flag.key,
    flagDeclaration(flag.value),
  ]);
  return {
    kind: 'manifest',
    path: resource.path as HostPath,
    container: resource.container ?? null,
    flags: Object.fromEntries(flags),
    restartProof: resource.restartProof ?? 'strict',
    ...writeMethod(resource),
    ...recordRule(resource),
  };
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

/** The default leaves no trace: digests of plans that do not say it stay as they were. */
function writeMethod({ write }: data.Resource): Pick<ResourceSpec, 'write'> {
  return write === 'in-place' ? { write } : {};
}

/** What the plan file says; nothing is not the same as `full`: that is for secrets, too. */
function recordRule({ record }: data.Resource): Pick<ResourceSpec, 'record'> {
  return record === undefined ? {} : { record };
}
