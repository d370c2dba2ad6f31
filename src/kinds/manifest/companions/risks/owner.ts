import { asMap } from '../../pod/check-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';

export type Owner =
  | 'kubeadm'
  | 'minikube'
  | 'kube-up of GCE'
  | 'kubespray'
  | 'rke2'
  | 'talos'
  | 'openshift'
  | 'ansible';

/** When an owner writes its manifests anew, and where a change lasts. */
const OWNERS: Readonly<Record<Owner, string>> = {
  kubeadm:
    'kubeadm writes it anew at its next upgrade: `setpoint plan --emit kubeadm-patch` prints what keeps the change',
  minikube:
    'kubeadm writes it anew at each `minikube start`: give that command --extra-config=COMPONENT.FLAG=VALUE, too',
  'kube-up of GCE':
    'the start scripts of a GCE cluster (cluster/gce) write it anew at each boot: change their configuration, too',
  kubespray:
    'kubespray writes it anew whenever its playbooks run: set the flag in kube_kubeadm_apiserver_extra_args (_controller_, _scheduler_), too',
  rke2: 'rke2-server writes it anew at each start: set the flag in /etc/rancher/rke2/config.yaml (kube-apiserver-arg, kube-scheduler-arg and the like), too',
  talos:
    'Talos writes it anew from its machine configuration: set the flag there (cluster.apiServer.extraArgs), too',
  openshift:
    'an operator of OpenShift writes it anew with each revision: set the flag through its resources',
  ansible: 'Ansible wrote it and will again with its next run: set the flag there, too',
};

/** Of what is given back by a plan that is gone there is nothing to print. */
const KUBEADM_RELEASE =
  'kubeadm writes it anew at its next upgrade: if its configuration or patches have the change, take it out there, too';

/** What is told of an owner; `released`: no resource declares anything in the file any more. */
export function ownerWords(owner: Owner, released: boolean): string {
  return owner === 'kubeadm' && released ? KUBEADM_RELEASE : OWNERS[owner];
}

const PARTS = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd']);

/**
 * Who writes a manifest, by the marks that its authors leave: RKE2 the directory; Talos the annotation talos.dev/config-version
 * (siderolabs/talos pkg/machinery/constants); OpenShift its namespaces; kubeadm annotations of its own, or its labels
 * (kubeadm util/staticpod ComponentPod) in its directory; kubespray is kubeadm with certificates in /etc/kubernetes/ssl
 * (kubespray kube_cert_dir), minikube kubeadm with its own in /var/lib/minikube; kube-up has the labels, too, in files with the end
 * .manifest (cluster/gce/manifests); Ansible its comment. `null`: nobody that is known.
 */
export function ownerOf({ path, text, pod }: PodSource): Owner | null {
  const metadata = asMap(pod['metadata']);
  const annotations = Object.keys(asMap(metadata?.['annotations']) ?? {});
  const labels = asMap(metadata?.['labels']) ?? {};
  const namespace = metadata?.['namespace'];
  if (path.includes('/rancher/')) return 'rke2';
  if (annotations.some((one) => one.startsWith('talos.dev/'))) return 'talos';
  if (typeof namespace === 'string' && namespace.startsWith('openshift-')) return 'openshift';
  const labelled =
    labels['tier'] === 'control-plane' &&
    PARTS.has(String(labels['component'])) &&
    path.includes('/etc/kubernetes/manifests/');
  if (labelled || annotations.some((one) => one.startsWith('kubeadm.kubernetes.io/'))) {
    if (path.endsWith('.manifest')) return 'kube-up of GCE';
    if (text.includes('/var/lib/minikube/')) return 'minikube';
    return text.includes('/etc/kubernetes/ssl') ? 'kubespray' : 'kubeadm';
  }
  return /^\s*#.*ansible managed/im.test(text) ? 'ansible' : null;
}
