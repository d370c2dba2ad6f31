import type { CodeEntry } from './entry.ts';

/** SP4150–SP4179: audits by a benchmark. */
export const auditingCodes = {
  SP4150: {
    title: 'there is no such profile or row of a benchmark',
    explanation:
      'Profiles are versions of the CIS Kubernetes benchmark (`cis-1.12`), rows have the numbers that they have there (`cis-1.12/1.2.15`). Only rows that flags decide are built in, and not every version has each of them: the help names what is near, or the versions that have it. `cis/1.2.15` means the version that `cis:` in `setpoint.yaml` names.',
  },
  SP4151: {
    title: 'there is nothing to audit',
    explanation:
      '`setpoint audit` looks for manifests of kube-apiserver, kube-controller-manager, kube-scheduler and etcd in /etc/kubernetes/manifests, in /var/lib/rancher/rke2/agent/pod-manifests and where plans of the workspace name them, for their processes, and for a kubelet. None was found, or none could be read: directories of a control plane are often closed to others than root.',
  },
  SP4152: {
    title: 'which benchmark is meant cannot be told',
    explanation:
      'Each version of the benchmark is for some versions of Kubernetes. Without `--profile` and without `cis:` in `setpoint.yaml` the tag of the images decides (`kube-apiserver:v1.31.4`); here no image has one that tells. Say the profile.',
  },
  SP4153: {
    title: 'something could not be audited',
    explanation:
      'A manifest, a configuration or the processes of the host could not be read, so the audit says nothing of them. What it says of the others stands.',
  },
  SP4154: {
    title: 'the row is about another component',
    explanation:
      'A row of the benchmark is about the flags of one component. The container that this resource manages is another one, so the audit could never be green. Name the row at the resource of its component; `setpoint audit` shows which rows each component has.',
  },
  SP4155: {
    title: 'the version of a row is not said',
    explanation:
      '`cis/1.2.15` names a row without a version of the benchmark. Set `cis: cis-1.12` in `setpoint.yaml`, or name the version in the row: `cis-1.12/1.2.15`.',
  },
  SP4156: {
    title: 'several manifests are one pod',
    explanation:
      'A kubelet reads every file of its directory whose name has no leading dot, also `kube-apiserver.yaml.bak`. Of several with the same namespace and name it runs the last by name (a later version of it may run the first), so the flags that a person sees in the other one are not what runs. `setpoint audit` judges the one that runs, and exits 2; plans for such a directory are refused. Move the copies out of the directory.',
  },
} as const satisfies Record<string, CodeEntry>;
