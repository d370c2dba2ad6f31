import type { CodeEntry } from './entry.ts';

/** SP2099 to SP2125: what has to go with a flag in its pod, and who else writes there. */
export const podCompanionCodes = {
  SP2099: {
    title: 'whether a variable of etcd sets the flag cannot be seen',
    explanation:
      'The container has `envFrom`, which may have the `ETCD_…` variable of a declared flag. With both etcd ends at its start; without the flag the variable sets it (SP2123). Look there, or write the variables out under `env`.',
  },
  SP2100: {
    title: 'a probe asks where the component will not listen',
    explanation:
      'The change moves the address that the component listens on, and a probe of its own container still asks the former one. The kubelet would restart the container again and again, and the gates made of its probes would go red. The message says what helps: `probes: follow` on the resource that declares the flag; where nobody would answer the probe at all (`secure-port: 0`, which kube-controller-manager and kube-scheduler take for `do not serve`), keep an address, or take the probe out of the manifest by hand first.',
  },
  SP2101: {
    title: 'a probe cannot be changed',
    explanation:
      'With `probes: follow` host, port and scheme of a probe are changed where they stand. That needs each of them on one line of its own, without anchor, alias or tag on the way, so that no other place of the manifest changes with it.',
  },
  SP2102: {
    title: 'a probe has nothing to follow',
    explanation:
      'The flags do not tell where the component listens: it is none that setpoint knows the addresses of (kube-apiserver, kube-controller-manager, kube-scheduler, etcd), it takes them from a configuration file, or an address holds a $(VAR).',
  },
  SP2105: {
    title: 'metadata.uid cannot be replaced',
    explanation:
      'With `uid: renew` the uid is replaced where it stands, which needs it on one line without YAML anchors or tags.',
  },
  SP2110: {
    title: 'somebody else writes this manifest',
    explanation:
      'The manifest comes from a tool that writes it anew at times of its own (kubeadm upgrade, a start of rke2-server, a playbook), and drops the change then. It comes back with the next apply; to keep it, set it in the configuration of that tool too. For kubeadm, `setpoint plan --emit kubeadm-patch` prints what to put there.',
  },
  SP2115: {
    title: 'there is nothing for kubeadm',
    explanation:
      '`plan --emit kubeadm-patch` prints the flags and mounts that plans declare in manifests which kubeadm writes. No plan that was asked for declares one, or all of them only adopt what kubeadm writes anyhow.',
  },
  SP2116: {
    title: 'left out of what is printed for kubeadm',
    explanation:
      'The resource is no manifest that kubeadm writes, kubeadm writes the flag anyhow as it is (nobody changed it), or its configuration has no way to say it: v1beta3 holds an argument once, v1beta4 sorts those that are given several times, and the port of an apiserver is that of its localAPIEndpoint.',
  },
  SP2117: {
    title: 'a probe has nowhere to follow to',
    explanation:
      'With `probes: follow` the probe would ask where the component listens then, and nobody would answer it there: the port is 0, listen-metrics-urls goes, or etcd asks for a client certificate (client-cert-auth or trusted-ca-file with an https address), which a probe of the kubelet does not have. The kubelet would restart the container again and again.',
  },
  SP2118: {
    title: 'a component does not start without this flag',
    explanation:
      'The change takes away, or leaves empty, a flag without which kube-apiserver ends at its start: etcd-servers, service-account-issuer, or service-account-signing-key-file (unless service-account-signing-endpoint is given). Declare another value instead of null, or exclude only elements that others stand beside.',
  },
  SP2119: {
    title: 'a port that the component does not start with',
    explanation:
      '`secure-port` is from 1 to 65535 for kube-apiserver, which cannot turn it off; kube-controller-manager and kube-scheduler take 0, too, and do not serve then. With any other number the component ends at its start.',
  },
  SP2120: {
    title: 'no restored file takes this back',
    explanation:
      'A revert restores files. Objects that were written encrypted stay so: an apiserver without the provider and its keys cannot read them, and a member that was made a cluster of its own has forgotten the others. So such a change is made only where the resource that declares the flag says `irreversible: acknowledged`. Where no resource declares it any more (the plan is gone after a git revert, or `revert`, `backup restore` or `drift --restore` puts a file back), the person who runs the command says `--acknowledge-irreversible PLAN`, which is recorded with the run; or the plan comes back with the flag as it is to be (null: not set) under `irreversible: acknowledged`, is applied, and goes then. The same holds for the content of the file that `--encryption-provider-config` names: whichever plan changes it, the resource that declares the flag acknowledges it, or the command line does for the plan of the file or of the flag. Before encryption at rest is given up, make `identity: {}` the first provider, restart every apiserver, and write all objects anew (`kubectl get secrets --all-namespaces -o json | kubectl replace -f -`), so that nothing encrypted is left. Keep the keys, and make a backup of etcd before.',
  },
  SP2121: {
    title: 'the keys of encryption at rest change',
    explanation:
      'The file that `--encryption-provider-config` names gets another content, and the resource that declares the flag (or the command line) says that it is known: no restored file takes that back (SP2120). An apiserver reads only what one of the listed keys decrypts. To change a key, add the new one as the second, restart every apiserver, make it the first, restart again, write all objects anew, and only then take the old one out.',
  },
  SP2122: {
    title: 'a read-only mount would be writable',
    explanation:
      'The change takes `readOnly: true` from a mount of a path of the host: the component, and whoever gets into its container, can change what is there, such as the keys in `/etc/kubernetes/pki`. What has to be written, such as a log, is better given a directory and a mount of its own.',
  },
  SP2123: {
    title: 'a variable of etcd sets what a flag declares',
    explanation:
      'etcd takes `ETCD_QUOTA_BACKEND_BYTES` for `--quota-backend-bytes`, and so on. With both a flag and its variable, even an empty one or one with `valueFrom`, it ends at its start (`conflicting environment variable is shadowed by corresponding command-line flag`). And where a flag is declared as `null`, the variable goes on setting it. setpoint does not write `env`: replace the variable by the flag in the manifest by hand, in one edit, and plan again (the flag is adopted), or leave the flag out of the plan file.',
  },
  SP2125: {
    title: 'a flag that is known to break something',
    explanation:
      'The change sets a flag to a value that takes something away from somebody. The message says from whom, and whether a gate that setpoint makes of the manifest would see it. Where none would, add a gate or an audit that does what the affected client does.',
  },
} as const satisfies Record<string, CodeEntry>;
