import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ManifestSpec } from '../../model/plan-file.ts';
import type { Circumstances } from '../surroundings.ts';
import { judgeEtcdVariables } from './companions/risks/etcd-variables.ts';
import { judgeChange } from './companions/judge-change.ts';
import { judgeFlags } from './judging/judge-flags.ts';
import { judgeProbes } from './gates/judge-probes.ts';
import { judgeOpenedMounts } from './mounts/judge-opened.ts';
import { judgePaths } from './mounts/judge-paths.ts';
import { judgeSharedVolumes } from './mounts/judge-shared.ts';

/**
 * What is to be said of a manifest that a resource leads to: its flags by the catalogue, its paths by mounts and host, what the
 * change breaks elsewhere, and what of its health derived gates cannot ask. Without a resource, of one that is given back, only the last.
 */
export function judgeManifest(
  spec: ManifestSpec | null,
  before: FileImage,
  after: FileImage,
  path: HostPath,
  around: Circumstances,
): readonly Diagnostic[] {
  const change = [
    ...judgeChange(spec, before, after, path, around),
    ...judgeOpenedMounts(before, after, path),
  ];
  if (spec === null) return change;
  const flags = judgeFlags(spec, before, after, path);
  return [
    ...flags,
    ...judgeEtcdVariables(spec, after, path),
    ...judgeSharedVolumes(spec, before, after, path, around),
    ...ofKnownFlags(judgePaths(spec, before, after, path, around), flags),
    ...ofTakenValues(change, flags),
    ...(around.derivesGates ? judgeProbes(spec, after, path) : []),
  ];
}

/** A value that the component does not take has no effect to be warned of: `Node,RBACC` is not `authorization-mode` without RBAC. */
function ofTakenValues(
  said: readonly Diagnostic[],
  judged: readonly Diagnostic[],
): readonly Diagnostic[] {
  const refused = judged.filter(({ code, severity }) => severity === 'error' && code === 'SP2063');
  const names = new Set(refused.map(({ flag }) => flag));
  return said.filter(
    ({ code, flag }) => code !== 'SP2125' || flag === undefined || !names.has(flag),
  );
}

/** A flag that the component does not have needs no mount for what it names. */
function ofKnownFlags(
  said: readonly Diagnostic[],
  judged: readonly Diagnostic[],
): readonly Diagnostic[] {
  const unknown = judged.filter(
    ({ code, severity }) => severity === 'error' && (code === 'SP2060' || code === 'SP2061'),
  );
  const names = new Set(unknown.map(({ flag }) => flag));
  return said.filter(({ flag }) => flag === undefined || !names.has(flag));
}
