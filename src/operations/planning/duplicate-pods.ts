import { posix } from 'node:path';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DuplicatePods } from '../../kinds/manifest/pod/pod-key.ts';
import { duplicatePods } from '../../kinds/manifest/pod/pod-key.ts';
import type { HostPath } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { Look } from './ground.ts';
import { observeAll } from './observe-files.ts';

/** Problems of manifest directories in which two files run the same pod: an edit there is silently undone by the kubelet. */
export async function duplicatePodProblems(
  look: Look,
  plans: readonly ResolvedPlan[],
  observed: ReadonlyMap<HostPath, ObservedFile>,
): Promise<readonly Diagnostic[]> {
  const directories = new Set<HostPath>();
  for (const plan of plans) {
    for (const { spec } of plan.resources) {
      const path = observed.get(spec.path)?.path ?? spec.path;
      if (spec.kind === 'manifest') directories.add(posix.dirname(path) as HostPath);
    }
  }
  const problems: Diagnostic[] = [];
  for (const directory of directories) {
    const names = await look.list(directory);
    // kubelet's glob: a leading dot hides a file from it, nothing else does.
    const paths = names
      .filter((name) => !name.startsWith('.'))
      .map((name) => posix.join(directory, name) as HostPath);
    const siblings = [...(await observeAll(look, paths)).values()];
    const files = siblings.flatMap(({ declared, content }) =>
      content.kind === 'file'
        ? [
            {
              path: declared,
              image: { exists: true as const, bytes: content.bytes, mode: content.state.mode },
            },
          ]
        : [],
    );
    problems.push(...duplicatePods(files).map(duplicateProblem));
  }
  return problems;
}

function duplicateProblem({ key, paths, sure }: DuplicatePods): Diagnostic {
  if (sure === 'maybe') {
    return {
      code: 'SP2041',
      severity: 'error',
      message: `${paths.at(-1)} cannot be read, but looks like pod ${key}, which ${paths.slice(0, -1).join(' and ')} defines`,
      help: 'the kubelet may run it instead, now or when somebody corrects it: move it out of the directory',
    };
  }
  return {
    code: 'SP3011',
    severity: 'error',
    message: `${paths.join(' and ')} all define pod ${key}`,
    help: 'the kubelet runs one of them and ignores the others: move the copies out of the directory',
  };
}
