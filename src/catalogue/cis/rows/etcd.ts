import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { given, offOrUnset, on } from './demands.ts';

const component = 'etcd' as const;
const ROLLING = 'all members have to agree: one member after the other';

/** Each flag may be an ETCD_* variable instead. */
export const ETCD: readonly CisRow[] = [
  {
    id: '2.1',
    versions: ALL_CIS,
    component,
    title: 'etcd serves clients over TLS',
    demands: [given('cert-file'), given('key-file')],
    remedy: 'set --cert-file and --key-file',
    needs: 'both files inside a mount; clients have to change to https at the same moment',
    risk: 'C',
  },
  {
    id: '2.2',
    versions: ALL_CIS,
    component,
    title: 'etcd asks clients for certificates',
    demands: [on('client-cert-auth')],
    remedy: 'set --client-cert-auth=true, without quotes around the value',
    needs:
      '--trusted-ca-file, a client certificate of the API server, and a health check over the metrics URL or with a certificate',
    risk: 'C',
  },
  {
    id: '2.3',
    versions: ALL_CIS,
    component,
    title: 'etcd does not sign its own certificates for clients',
    demands: [offOrUnset('auto-tls')],
    remedy: 'remove --auto-tls; false is the default',
    needs: null,
    risk: 'A',
  },
  {
    id: '2.4',
    versions: ALL_CIS,
    component,
    title: 'members of etcd talk over TLS',
    demands: [given('peer-cert-file'), given('peer-key-file')],
    remedy: 'set --peer-cert-file and --peer-key-file',
    needs: `both files inside a mount; ${ROLLING}`,
    risk: 'C',
  },
  {
    id: '2.5',
    versions: ALL_CIS,
    component,
    title: 'members of etcd show each other certificates',
    demands: [on('peer-client-cert-auth')],
    remedy: 'set --peer-client-cert-auth=true',
    needs: `--peer-trusted-ca-file; ${ROLLING}`,
    risk: 'C',
  },
  {
    id: '2.6',
    versions: ALL_CIS,
    component,
    title: 'etcd does not sign its own certificates for members',
    demands: [offOrUnset('peer-auto-tls')],
    remedy: 'remove --peer-auto-tls; false is the default',
    needs: null,
    risk: 'A',
  },
  {
    id: '2.7',
    versions: ALL_CIS,
    component,
    title: 'etcd has a CA for its clients',
    demands: [given('trusted-ca-file')],
    remedy: 'set --trusted-ca-file',
    needs:
      'a CA other than the one of the cluster, and a client certificate of it for the API server',
    risk: 'B',
  },
];
