import type { ProcessCheck } from '../../../model/check.ts';
import type { FileImage } from '../../../model/file-image.ts';
import { argvOf } from '../pod/argv.ts';
import { asMap } from '../pod/check-pod.ts';
import { readPod } from '../pod/parse-pod.ts';
import { containerOf } from './container-of.ts';
import { whereabouts } from './derived-gates.ts';
import { restartBetween } from './restart.ts';

/**
 * The containers whose processes the new manifest replaces, whatever gates a plan has: by them it is seen that the kubelet has acted on it.
 * None where it restarts nothing, and where one of the two cannot be read.
 */
export function replacedProcesses(
  before: FileImage,
  after: FileImage,
  path: string,
): readonly ProcessCheck[] {
  if (restartBetween(before, after) !== 'expected') return [];
  return namesIn(after, path).flatMap((name): readonly ProcessCheck[] => {
    const [old, now] = [containerOf(before, name, path), containerOf(after, name, path)];
    if (old === null || now === null) return [];
    const check = { kind: 'process', argv: argvOf(now), replaces: argvOf(old) } as const;
    return [{ ...check, ...whereabouts(now) }];
  });
}

function namesIn(image: FileImage, path: string): readonly string[] {
  const pod = readPod(image, path);
  const containers = pod.ok ? asMap(pod.value.pod['spec'])?.['containers'] : null;
  const names = Array.isArray(containers) ? containers.map((one) => asMap(one)?.['name']) : [];
  return names.filter((name) => typeof name === 'string');
}
