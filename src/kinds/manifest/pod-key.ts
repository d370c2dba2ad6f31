import type { FileImage } from '../../model/file-image.ts';
import { asMap } from './check-pod.ts';
import { decodeAsKubelet } from './parse-pod.ts';
import { decodeManifest } from './source-text.ts';

/** Files of one directory that decode to the same pod. */
export interface DuplicatePods {
  /** `namespace/name`. */
  readonly key: string;
  readonly paths: readonly string[];
}

/**
 * `namespace/name` under which the kubelet stores the pod of a file, or `null` when it is no pod.
 * Rule: kubelet config/common.go applyDefaults: the namespace defaults to `default`.
 */
export function podKey(image: FileImage): string | null {
  const text = decodeManifest(image, '');
  const pod = text.ok ? asMap(decodeAsKubelet(text.value)) : null;
  const metadata = asMap(pod?.['metadata']);
  const name = metadata?.['name'];
  if (pod?.['kind'] !== 'Pod' || typeof name !== 'string' || name === '') return null;
  const namespace = metadata?.['namespace'];
  return `${typeof namespace === 'string' && namespace !== '' ? namespace : 'default'}/${name}`;
}

/**
 * Which files of a manifest directory decode to the same pod: the kubelet runs the last name, so an edit of another one is
 * undone at its next relist. Names with a leading dot are ignored as the kubelet does (config/file.go extractFromDir).
 */
export function duplicatePods(
  files: readonly { readonly path: string; readonly image: FileImage }[],
): readonly DuplicatePods[] {
  const paths = new Map<string, string[]>();
  for (const { path, image } of files) {
    if (path.slice(path.lastIndexOf('/') + 1).startsWith('.')) continue;
    const key = podKey(image);
    if (key !== null) paths.set(key, [...(paths.get(key) ?? []), path]);
  }
  return [...paths]
    .filter(([, found]) => found.length > 1)
    .map(([key, found]) => ({ key, paths: found.toSorted() }));
}
