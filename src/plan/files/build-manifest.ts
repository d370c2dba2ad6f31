import type * as data from '../../generated/plan-types.ts';
import type { HostPath } from '../../model/brand.ts';
import type {
  CatalogueRule,
  FlagDeclaration,
  ManifestSpec,
  MountDeclaration,
} from '../../model/plan-file.ts';
import { recordRule, writeMethod } from './build-place.ts';
import { child, entries, items, type SourceNode } from './source-tree.ts';

/** A resource of kind `manifest`; `catalogue`: what plan file and workspace say for those that do not say it themselves. */
export function manifestSpec(
  resource: data.ManifestResource,
  node: SourceNode,
  catalogue: 'strict' | CatalogueRule | null,
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
    ...catalogueRule(resource.catalogue ?? catalogue ?? 'strict'),
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

/** What is not said leaves no trace, as in build-place.ts. */
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

function catalogueRule(rule: 'strict' | CatalogueRule): Pick<ManifestSpec, 'catalogue'> {
  return rule === 'strict' ? {} : { catalogue: rule };
}
