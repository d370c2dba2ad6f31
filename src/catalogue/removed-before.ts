import type { Component } from './flag-facts.ts';

type Removals = Readonly<Record<string, string>>;

/** https://github.com/kubernetes/kubernetes/pull/112120 (1.26): of klog's flags, v and vmodule stayed. */
const KLOG: Removals = removed('1.26', [
  'add-dir-header',
  'alsologtostderr',
  'log-backtrace-at',
  'log-dir',
  'log-file',
  'log-file-max-size',
  'logtostderr',
  'one-output',
  'skip-headers',
  'skip-log-headers',
  'stderrthreshold',
]);

/** https://github.com/canonical/microk8s/pull/2917; without effect before. */
const INSECURE_SERVING: Removals = removed('1.24', ['address', 'port']);

/**
 * Flags that were gone before the first version of src/catalogue/data → the version without them. Not all of them: those that are
 * still met in old manifests, and of which the CHANGELOG of kubernetes/kubernetes or a pull request tells the version.
 */
const REMOVED: Partial<Readonly<Record<Component, Removals>>> = {
  'kube-apiserver': {
    ...KLOG,
    // https://github.com/Azure/aks-engine/issues/490
    ...removed('1.14', ['repair-malformed-updates']),
    // https://github.com/kubernetes/kubernetes/pull/89069
    ...removed('1.19', ['basic-auth-file']),
    // https://github.com/kubernetes/kubernetes/pull/106859; without effect since 1.20.
    ...removed('1.24', ['address', 'insecure-bind-address', 'insecure-port', 'port']),
  },
  'kube-controller-manager': {
    ...KLOG,
    ...INSECURE_SERVING,
    // https://github.com/kubernetes/kubernetes/pull/109612
    ...removed('1.25', ['deleting-pods-burst', 'deleting-pods-qps', 'register-retry-count']),
    // https://github.com/kubernetes/kubernetes/pull/115840
    ...removed('1.27', ['enable-taint-manager', 'pod-eviction-timeout']),
  },
  'kube-scheduler': {
    ...KLOG,
    ...INSECURE_SERVING,
  },
  kubelet: {
    ...KLOG,
    // https://github.com/kubernetes/kubernetes/pull/106907, with dockershim.
    ...removed('1.24', [
      'cni-bin-dir',
      'cni-cache-dir',
      'cni-conf-dir',
      'docker-endpoint',
      'experimental-dockershim-root-directory',
      'image-pull-progress-deadline',
      'network-plugin',
      'network-plugin-mtu',
    ]),
  },
  'kube-proxy': KLOG,
};

export function removedBefore(component: Component, flag: string): string | null {
  const removals = REMOVED[component];
  return removals !== undefined && Object.hasOwn(removals, flag) ? (removals[flag] ?? null) : null;
}

function removed(version: string, flags: readonly string[]): Removals {
  return Object.fromEntries(flags.map((flag) => [flag, version]));
}
