import type { FileImage } from '../../../model/file-image.ts';
import { asMap } from './check-pod.ts';
import { neighbourText } from './neighbour-text.ts';
import { decodeAsKubelet } from './parse-pod.ts';

/** Files of one directory that decode to the same pod, or may do so for the kubelet. */
export interface DuplicatePods {
  /** `namespace/name`. */
  readonly key: string;
  readonly paths: readonly string[];
  /** `maybe`: the last of the paths cannot be read here, but looks like this pod; the reader of the kubelet may take it. */
  readonly sure: 'yes' | 'maybe';
}

interface NeighbourFile {
  readonly path: string;
  readonly image: FileImage;
}

/**
 * `namespace/name` under which the kubelet stores the pod of a file, or `null` when it is no pod.
 * Rule: kubelet config/common.go applyDefaults: the namespace defaults to `default`.
 */
export function podKey(image: FileImage): string | null {
  const text = image.exists ? neighbourText(image.bytes) : null;
  return text === null ? null : podKeyOfText(text);
}

/** The same of a text that was read already. */
export function podKeyOfText(text: string): string | null {
  return keyOf(decodeAsKubelet(text));
}

/**
 * Which files of a manifest directory decode to the same pod: the kubelet runs the last name, so an edit of another one is
 * undone at its next relist. Names with a leading dot are ignored as the kubelet does (config/file.go extractFromDir); no
 * extension counts. Of several documents the first counts.
 */
export function duplicatePods(files: readonly NeighbourFile[]): readonly DuplicatePods[] {
  const paths = new Map<string, string[]>();
  const unread: { readonly path: string; readonly text: string }[] = [];
  for (const { path, image } of files) {
    if (path.slice(path.lastIndexOf('/') + 1).startsWith('.') || !image.exists) continue;
    const text = neighbourText(image.bytes);
    if (text === null) continue;
    const decoded = decodeAsKubelet(text);
    const key = keyOf(decoded);
    if (key !== null) paths.set(key, [...(paths.get(key) ?? []), path]);
    else if (decoded === undefined) unread.push({ path, text });
  }
  const doubled = [...paths]
    .filter(([, found]) => found.length > 1)
    .map(([key, found]) => ({ key, paths: found.toSorted(), sure: 'yes' as const }));
  const perhaps = unread.flatMap(({ path, text }) =>
    [...paths]
      .filter(([key]) => looksLike(text, key.slice(key.indexOf('/') + 1)))
      .map(([key, found]) => ({ key, paths: [...found.toSorted(), path], sure: 'maybe' as const })),
  );
  return [...doubled, ...perhaps];
}

function keyOf(decoded: unknown): string | null {
  const pod = asMap(decoded);
  const metadata = asMap(pod?.['metadata']);
  const name = metadata?.['name'];
  if (pod?.['kind'] !== 'Pod' || typeof name !== 'string' || name === '') return null;
  const namespace = metadata?.['namespace'];
  return `${typeof namespace === 'string' && namespace !== '' ? namespace : 'default'}/${name}`;
}

/** Whether a text that cannot be read here says that it is a pod, and names this one. */
function looksLike(text: string, name: string): boolean {
  const says = (key: string, value: string) =>
    new RegExp(`\\b${key}["']?\\s*:\\s*["']?${value.replace(/\W/g, '\\$&')}(?![\\w.-])`).test(text);
  return says('kind', 'Pod') && says('name', name);
}
