import type { KnownWords } from './flag-facts.ts';

/** A controller by its name and its former one, which still counts; with the first and the last version that has it. */
interface Row {
  readonly name: string;
  readonly alias?: string;
  readonly from?: string;
  readonly until?: string;
}

const VERSIONS = ['1.32', '1.33', '1.34', '1.35', '1.36', '1.37'] as const;

/**
 * kubernetes/kubernetes cmd/kube-controller-manager/app (NewControllerDescriptors: what it registers, `name` and `aliases` of each),
 * names/controller_names.go and k8s.io/cloud-provider names, read in 1.32.2, 1.33.13, 1.34.4, 1.35.4, 1.36.3 and 1.37.1. A controller
 * whose feature is off, and one that is off by default, is known all the same.
 */
const ROWS: readonly Row[] = [
  { name: 'bootstrap-signer-controller', alias: 'bootstrapsigner' },
  { name: 'certificatesigningrequest-approving-controller', alias: 'csrapproving' },
  { name: 'certificatesigningrequest-cleaner-controller', alias: 'csrcleaner' },
  { name: 'certificatesigningrequest-signing-controller', alias: 'csrsigning' },
  { name: 'cloud-node-lifecycle-controller', alias: 'cloud-node-lifecycle', until: '1.36' },
  { name: 'clusterrole-aggregation-controller', alias: 'clusterrole-aggregation' },
  { name: 'cronjob-controller', alias: 'cronjob' },
  { name: 'daemonset-controller', alias: 'daemonset' },
  { name: 'deployment-controller', alias: 'deployment' },
  { name: 'device-taint-eviction-controller', from: '1.33' },
  { name: 'disruption-controller', alias: 'disruption' },
  { name: 'endpoints-controller', alias: 'endpoint' },
  { name: 'endpointslice-controller', alias: 'endpointslice' },
  { name: 'endpointslice-mirroring-controller', alias: 'endpointslicemirroring' },
  { name: 'ephemeral-volume-controller', alias: 'ephemeral-volume' },
  { name: 'garbage-collector-controller', alias: 'garbagecollector' },
  { name: 'horizontal-pod-autoscaler-controller', alias: 'horizontalpodautoscaling' },
  { name: 'job-controller', alias: 'job' },
  { name: 'kube-apiserver-serving-clustertrustbundle-publisher-controller' },
  {
    name: 'legacy-serviceaccount-token-cleaner-controller',
    alias: 'legacy-service-account-token-cleaner',
  },
  { name: 'namespace-controller', alias: 'namespace' },
  { name: 'node-ipam-controller', alias: 'nodeipam' },
  { name: 'node-lifecycle-controller', alias: 'nodelifecycle' },
  { name: 'node-route-controller', alias: 'route', until: '1.36' },
  { name: 'persistentvolume-attach-detach-controller', alias: 'attachdetach' },
  { name: 'persistentvolume-binder-controller', alias: 'persistentvolume-binder' },
  { name: 'persistentvolume-expander-controller', alias: 'persistentvolume-expander' },
  { name: 'persistentvolume-protection-controller', alias: 'pv-protection' },
  { name: 'persistentvolumeclaim-protection-controller', alias: 'pvc-protection' },
  { name: 'pod-garbage-collector-controller', alias: 'podgc' },
  { name: 'podcertificaterequest-cleaner-controller', from: '1.34' },
  { name: 'podgroup-protection-controller', from: '1.36' },
  { name: 'replicaset-controller', alias: 'replicaset' },
  { name: 'replicationcontroller-controller', alias: 'replicationcontroller' },
  { name: 'resourceclaim-controller', alias: 'resource-claim-controller' },
  { name: 'resourcepoolstatusrequest-controller', from: '1.36' },
  { name: 'resourcequota-controller', alias: 'resourcequota' },
  { name: 'root-ca-certificate-publisher-controller', alias: 'root-ca-cert-publisher' },
  { name: 'selinux-warning-controller' },
  { name: 'service-cidr-controller' },
  { name: 'service-lb-controller', alias: 'service', until: '1.36' },
  { name: 'serviceaccount-controller', alias: 'serviceaccount' },
  { name: 'serviceaccount-token-controller', alias: 'serviceaccount-token' },
  { name: 'statefulset-controller', alias: 'statefulset' },
  { name: 'storage-version-migrator-controller', alias: 'svm' },
  { name: 'storageversion-garbage-collector-controller', alias: 'storage-version-gc' },
  { name: 'taint-eviction-controller' },
  { name: 'token-cleaner-controller', alias: 'tokencleaner' },
  { name: 'ttl-after-finished-controller', alias: 'ttl-after-finished' },
  { name: 'ttl-controller', alias: 'ttl' },
  { name: 'validatingadmissionpolicy-status-controller' },
  { name: 'volumeattributesclass-protection-controller' },
];

/**
 * Elements of `controllers`: all of them, one, or one less. What else is there the component refuses at its start
 * (k8s.io/controller-manager options/generic.go, Validate).
 */
export const CONTROLLERS: readonly KnownWords[] = VERSIONS.map((version, place) => {
  const isThere = ({ from = version, until = version }: Row): boolean =>
    VERSIONS.findIndex((one) => one === from) <= place &&
    VERSIONS.findIndex((one) => one === until) >= place;
  const names = ROWS.filter(isThere).flatMap(({ name, alias }) =>
    alias === undefined ? [name] : [name, alias],
  );
  return { from: version, words: ['*', ...names, ...names.map((name) => `-${name}`)] };
});
