import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { atLeast, given, off } from './demands.ts';

const component = 'kube-apiserver' as const;
const FILE_ONLY = 'has an effect only with a file in --audit-log-path';

/** What the API server tells, keeps and encrypts. */
export const APISERVER_RECORDS: readonly CisRow[] = [
  {
    id: '1.2.15',
    versions: ALL_CIS,
    component,
    title: 'profiling of the API server is off',
    demands: [off('profiling')],
    remedy: 'set --profiling=false',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.2.16',
    versions: ALL_CIS,
    component,
    title: 'the API server writes an audit log',
    demands: [given('audit-log-path')],
    remedy: 'set --audit-log-path',
    needs:
      'a mount of the directory, not of the file (rotation renames it); up to 1.24 the directory has to exist; nothing is logged without --audit-policy-file',
    risk: 'B',
  },
  {
    id: '1.2.17',
    versions: ALL_CIS,
    component,
    title: 'audit logs are kept for 30 days or longer',
    demands: [atLeast('audit-log-maxage', '30')],
    remedy: 'set --audit-log-maxage=30 or more',
    needs: FILE_ONLY,
    risk: 'A',
  },
  {
    id: '1.2.18',
    versions: ALL_CIS,
    component,
    title: 'ten or more old audit logs are kept',
    demands: [atLeast('audit-log-maxbackup', '10')],
    remedy: 'set --audit-log-maxbackup=10 or more',
    needs: `${FILE_ONLY}; takes up to maxbackup times maxsize of the disk`,
    risk: 'A',
  },
  {
    id: '1.2.19',
    versions: ALL_CIS,
    component,
    title: 'an audit log grows to 100 MB or more before it is rotated',
    demands: [atLeast('audit-log-maxsize', '100')],
    remedy: 'set --audit-log-maxsize=100 or more (megabytes)',
    needs: FILE_ONLY,
    risk: 'A',
  },
  {
    id: '1.2.20',
    versions: ALL_CIS,
    component,
    title: 'the time limit of requests fits the cluster',
    demands: [
      {
        flag: 'request-timeout',
        type: 'duration',
        rule: { op: 'manual', why: 'what fits is for a person to say', unset: 'manual' },
      },
    ],
    remedy: 'set --request-timeout where the default of 60s does not fit',
    needs: 'long watches and uploads are cut off by a short one',
    risk: 'C',
  },
  {
    id: '1.2.21',
    versions: ALL_CIS,
    component,
    title: 'tokens of deleted service accounts are refused',
    demands: [
      {
        flag: 'service-account-lookup',
        type: 'bool',
        rule: { op: 'eq', value: 'true', unset: 'pass' },
      },
    ],
    remedy: 'remove --service-account-lookup=false; true is the default',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.2.27',
    versions: ALL_CIS,
    component,
    title: 'secrets are encrypted in etcd',
    demands: [given('encryption-provider-config')],
    remedy: 'set --encryption-provider-config',
    needs:
      'an EncryptionConfiguration with the same keys on every control-plane host, mounted; once something was written encrypted, taking the flag away makes it unreadable',
    risk: 'D',
  },
  {
    id: '1.2.28',
    versions: ALL_CIS,
    component,
    title: 'secrets are encrypted by aescbc, kms or secretbox',
    demands: [
      {
        flag: 'encryption-provider-config',
        type: 'string',
        rule: {
          op: 'manual',
          why: 'the first provider in that file has to be aescbc, kms or secretbox',
          unset: 'fail',
        },
      },
    ],
    remedy: 'put aescbc, kms or secretbox first in the EncryptionConfiguration',
    needs: 'secrets that exist have to be written again afterwards',
    risk: 'D',
  },
  {
    id: '3.2.1',
    versions: ALL_CIS,
    component,
    title: 'an audit policy says what is logged',
    demands: [given('audit-policy-file')],
    remedy: 'set --audit-policy-file',
    needs:
      'a policy file, mounted, and --audit-log-path or a webhook; the API server does not start with a missing or wrong policy',
    risk: 'B',
  },
];
