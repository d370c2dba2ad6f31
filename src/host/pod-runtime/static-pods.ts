/** What tells a static pod, wherever it is listed. */
export interface Listed {
  readonly namespace: string;
  /** With the node's name appended. */
  readonly name: string;
}

/**
 * Those of the pods that come from the manifest name. The kubelet appends `-<node>` (pkg/kubelet/config/common.go
 * generatePodName), and the node's name is not ours to know: where several names fit (`kube-apiserver`,
 * `kube-apiserver-proxy`), the ending that most pods share is taken to be the node. `null` when that does not tell either.
 */
export function ofManifest<T extends Listed>(
  pods: readonly T[],
  namespace: string,
  name: string,
): readonly T[] | null {
  const fitting = pods.filter(
    (pod) => pod.namespace === namespace && pod.name.startsWith(`${name}-`),
  );
  const endings = [...new Set(fitting.map((pod) => pod.name.slice(name.length)))];
  if (endings.length < 2) return fitting;
  const shared = (ending: string): number =>
    new Set(pods.filter((pod) => pod.name.endsWith(ending)).map((pod) => pod.name)).size;
  const [most, next] = endings.toSorted((a, b) => shared(b) - shared(a));
  if (most === undefined || next === undefined || shared(most) === shared(next)) return null;
  return fitting.filter((pod) => pod.name === `${name}${most}`);
}
