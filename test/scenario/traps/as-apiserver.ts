import { mkdir, symlink } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { Certificates } from '../../unit/checks/certificates.ts';
import type { Rig } from '../rig/rig.ts';
import { setFlag } from '../rig/trap-host.ts';

const BINARY = 'usr/local/bin/kube-apiserver';
const PKI = '/etc/kubernetes/pki';

/** The component, run by a Node that is named kube-apiserver, in a manifest with the marks that kubeadm leaves. */
export async function asApiserver(manifest: string, { root, real }: Rig): Promise<string> {
  await mkdir(real('/usr/local/bin'), { recursive: true });
  await symlink(process.execPath, `${root}/${BINARY}`);
  return manifest
    .replace('- node\n', `- "${root}/${BINARY}"\n`)
    .replace('component: demo-component', 'component: kube-apiserver')
    .replace(/image: .*/, 'image: registry.k8s.io/kube-apiserver:v1.34.0');
}

/** The same with https probes, and a kubeconfig of the administrator on the host, whose certificate it lets in. */
export async function asSecureApiserver(manifest: string, rig: Rig): Promise<string> {
  const certificates = new Certificates();
  onTestFinished(() => certificates.remove());
  certificates.authority('ca');
  certificates.leaf('apiserver', 'ca', 'IP:127.0.0.1');
  certificates.leaf('admin', 'ca', 'DNS:admin');
  for (const name of ['ca.crt', 'apiserver.crt', 'apiserver.key'])
    await rig.put(`${PKI}/${name}`, certificates.read(name).toString(), 0o600);
  await rig.put('/etc/kubernetes/admin.conf', kubeconfig(certificates), 0o600);
  const flags = [
    `--tls-cert-file=${PKI}/apiserver.crt`,
    `--tls-private-key-file=${PKI}/apiserver.key`,
    `--client-ca-file=${PKI}/ca.crt`,
  ];
  const text = (await asApiserver(manifest, rig)).replaceAll('scheme: HTTP', 'scheme: HTTPS');
  return setFlag(text, '--log-level=info', [...flags, '--log-level=info'].join('\n    - '));
}

function kubeconfig(certificates: Certificates): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'admin',
    contexts: [{ name: 'admin', context: { cluster: 'demo', user: 'admin' } }],
    clusters: [{ name: 'demo', cluster: { server: 'https://127.0.0.1' } }],
    users: [
      {
        name: 'admin',
        user: {
          'client-certificate-data': certificates.base64('admin.crt'),
          'client-key-data': certificates.base64('admin.key'),
        },
      },
    ],
  });
}
