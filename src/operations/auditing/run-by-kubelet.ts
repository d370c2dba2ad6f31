import { posix } from 'node:path';
import type { HostPath } from '../../model/brand.ts';
import type { Subject } from '../../kinds/manifest/audit/subject.ts';
import type { DuplicateManifest } from './results.ts';

interface ReadManifest {
  readonly path: HostPath;
  /** `namespace/name`; null: no pod. */
  readonly pod: string | null;
  readonly subjects: readonly Subject[];
}

/**
 * Of several files of a directory that are one pod, a copy such as `x.yaml.bak`, the kubelet runs the last by name (pkg/kubelet/config
 * file.go extractFromDir: sorted, a later one replaces an earlier one). The others are told, where one of them is of the benchmark.
 */
export function runByKubelet<Manifest extends ReadManifest>(
  manifests: readonly Manifest[],
): { readonly run: readonly Manifest[]; readonly duplicates: readonly DuplicateManifest[] } {
  const pods = new Map<string, Manifest[]>();
  for (const one of manifests) {
    const key = one.pod === null ? one.path : `${posix.dirname(one.path)} ${one.pod}`;
    pods.set(key, [...(pods.get(key) ?? []), one]);
  }
  const groups = [...pods.values()].map((group) =>
    group.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))),
  );
  const duplicates = groups.flatMap((group) => {
    const last = group.at(-1);
    const others = group.slice(0, -1).map(({ path }) => path);
    const ofBenchmark = group.some(({ subjects }) => subjects.length > 0);
    if (last === undefined || last.pod === null || others.length === 0 || !ofBenchmark) return [];
    return [{ pod: last.pod, runs: last.path, others }];
  });
  return { run: groups.flatMap((group) => group.slice(-1)), duplicates };
}
