import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { atLeast, given, off, on } from './demands.ts';

const component = 'kube-controller-manager' as const;

export const CONTROLLER_MANAGER: readonly CisRow[] = [
  {
    id: '1.3.1',
    versions: ALL_CIS,
    component,
    title: 'pods that ended are removed beyond a number',
    // The benchmark asks for a value that fits; 0 and below switch the collector off.
    demands: [atLeast('terminated-pod-gc-threshold', '1')],
    remedy: 'set --terminated-pod-gc-threshold to what fits the cluster; the default is 12500',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.3.2',
    versions: ALL_CIS,
    component,
    title: 'profiling of the controller manager is off',
    demands: [off('profiling')],
    remedy: 'set --profiling=false',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.3.3',
    versions: ALL_CIS,
    component,
    title: 'each controller has credentials of its own',
    demands: [on('use-service-account-credentials')],
    remedy: 'set --use-service-account-credentials=true',
    needs: 'RBAC with the roles of the controllers',
    risk: 'C',
  },
  {
    id: '1.3.4',
    versions: ALL_CIS,
    component,
    title: 'the key that signs service account tokens is named',
    demands: [given('service-account-private-key-file')],
    remedy: 'set --service-account-private-key-file',
    needs: 'a private key inside a mount that belongs to the public key of the API server',
    risk: 'B',
  },
  {
    id: '1.3.5',
    versions: ALL_CIS,
    component,
    title: 'pods get the CA of the API server',
    demands: [given('root-ca-file')],
    remedy: 'set --root-ca-file',
    needs: 'a CA bundle inside a mount',
    risk: 'B',
  },
  {
    id: '1.3.6',
    versions: ALL_CIS,
    component,
    title: 'kubelets may renew their serving certificates',
    demands: [
      {
        flag: 'feature-gates',
        type: 'map',
        rule: { op: 'not-off', key: 'RotateKubeletServerCertificate' },
      },
    ],
    remedy: 'take RotateKubeletServerCertificate=false out of --feature-gates; it is on by default',
    needs: 'has an effect only with serverTLSBootstrap of the kubelets and approved requests',
    risk: 'A',
  },
  {
    id: '1.3.7',
    versions: ALL_CIS,
    component,
    title: 'the controller manager listens on the host itself only',
    // Not given passes by the benchmark, although the component then listens on every address; kubeadm gives it.
    demands: [
      {
        flag: 'bind-address',
        type: 'string',
        rule: { op: 'eq', value: '127.0.0.1', unset: 'pass' },
      },
    ],
    remedy: 'set --bind-address=127.0.0.1',
    needs: 'probes have to ask that address; metrics can no longer be read from elsewhere',
    risk: 'C',
  },
];
