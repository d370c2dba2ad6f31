import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { DesiredItem } from '../../model/item.ts';
import type { ManifestSpec } from '../../model/plan-file.ts';
import { readCommandLine } from './flags/command-line.ts';
import { followedProbes } from './companions/probes/follow.ts';
import { refusedPort } from './companions/risks/refused-port.ts';
import { desiredUid } from './companions/uid/desired-uid.ts';
import { readContainer } from './pod/container.ts';
import { declaredFlags, desiredFlags } from './flags/desired-flags.ts';
import { desiredMounts } from './mounts/desired-mounts.ts';
import { readPod } from './pod/parse-pod.ts';

/**
 * Items that a manifest resource wants. Fails with SP2001–SP2015 (the manifest cannot be edited), SP2008 (a uid that may not be
 * renewed), SP2102 and SP2117 (probes), SP2119 (a port) and those of desiredFlags, all problems at once.
 */
export function desiredManifest(
  spec: ManifestSpec,
  image: FileImage,
  path: string,
): Result<readonly DesiredItem[]> {
  const pod = readPod(image, path);
  const container = pod.ok ? readContainer(pod.value, spec.container) : pod;
  if (!container.ok) return container;
  // Mounts need no command line that can be read.
  const line = Object.keys(spec.flags).length === 0 ? null : readCommandLine(container.value);
  if (line?.ok === false) return line;
  const ports = line === null ? [] : refusedPort(spec, line.value);
  const follows = line !== null && spec.probes === 'follow' && ports.length === 0;
  const wanted = [
    desiredFlags(spec, container.value),
    ok(desiredMounts(spec, container.value.name)),
    follows ? followedProbes(spec, line.value) : ok([]),
    desiredUid(spec, container.value.source),
  ];
  const problems = [...ports, ...wanted.flatMap((one) => (one.ok ? [] : one.diagnostics))];
  if (problems.length > 0) return fail(...problems);
  return ok(wanted.flatMap((one) => (one.ok ? one.value : [])));
}

/** What a declaration alone tells, without the manifest: for checks before a host is looked at. `container` null ⇒ `*`. */
export function declaredManifest(spec: ManifestSpec): readonly DesiredItem[] {
  const container = spec.container ?? '*';
  return [...declaredFlags(spec, container), ...desiredMounts(spec, container)];
}
