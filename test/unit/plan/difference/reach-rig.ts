import type { HostPath, ResourceId } from '../../../../src/model/brand.ts';
import type {
  FileSpec,
  FlagDeclaration,
  ManifestSpec,
  ResolvedPlan,
  ResourceSpec,
} from '../../../../src/model/plan-file.ts';
import { mountOf } from '../../kinds/manifest/mounts/mounts-rig.ts';
import type { MountWish } from '../../kinds/manifest/mounts/mounts-rig.ts';
import { plan as emptyPlan } from './planning-bench.ts';

/** Plans of real kinds for the planning bench. */
export const APISERVER = '/etc/kubernetes/manifests/kube-apiserver.yaml' as HostPath;

export function planOf(name: string, specs: Readonly<Record<string, ResourceSpec>>): ResolvedPlan {
  const resources = Object.entries(specs).map(([id, spec]) => ({
    id: id as ResourceId,
    spec,
    gates: [],
    audits: [],
    onChange: [],
    at: { file: `plans/${name}.yaml`, line: 1, column: 1 },
  }));
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([id, s]) => [id, { x: JSON.stringify(s) }]),
  );
  return { ...emptyPlan(name, inputs), resources };
}

export function manifest(
  flags: Readonly<Record<string, string>>,
  mounts: readonly MountWish[] = [],
  more: Partial<ManifestSpec> = {},
): ManifestSpec {
  const declared = Object.entries(flags).map(([flag, text]): [string, FlagDeclaration] => [
    flag,
    { form: 'value', value: text },
  ]);
  return {
    kind: 'manifest',
    path: APISERVER,
    container: null,
    flags: Object.fromEntries(declared),
    mounts: mounts.map(mountOf),
    restartProof: 'weak',
    ...more,
  };
}

export function file(path: string, content: string | null): FileSpec {
  const bytes = content === null ? null : new TextEncoder().encode(content);
  return { kind: 'file', path: path as HostPath, content: bytes, mode: null, source: null };
}
