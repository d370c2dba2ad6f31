import type { FlagDeclaration } from '../../../../src/model/plan-file.ts';
import { absent, elements, entries, value } from './manifest-rig.ts';

/** One edit of a fixture and the lines that it may change. */
export interface Row {
  readonly name: string;
  readonly file: string;
  readonly container?: string;
  readonly flags: Readonly<Record<string, FlagDeclaration>>;
  readonly lines: readonly string[];
}

const API = 'kubeadm-kube-apiserver.yaml';

export const rows: readonly Row[] = [
  {
    name: 'adds a flag after the last one',
    file: API,
    flags: { 'audit-log-path': value('/var/log/audit.log') },
    lines: ['+- --audit-log-path=/var/log/audit.log'],
  },
  {
    name: 'changes a value in place',
    file: 'kubeadm-kube-scheduler.yaml',
    flags: { 'leader-elect': value('false'), bind_address: value('0.0.0.0') },
    lines: [
      '-- --bind-address=127.0.0.1',
      '+- --bind-address=0.0.0.0',
      '-- --leader-elect=true',
      '+- --leader-elect=false',
    ],
  },
  {
    name: 'removes a flag',
    file: 'kubeadm-etcd.yaml',
    flags: { 'experimental-initial-corrupt-check': absent, 'no-such-flag': absent },
    lines: ['-- --experimental-initial-corrupt-check=true'],
  },
  {
    name: 'adds, changes and removes neighbours at once',
    file: 'kubeadm-kube-controller-manager.yaml',
    flags: {
      'use-service-account-credentials': absent,
      'service-cluster-ip-range': absent,
      profiling: value('false'),
      'terminated-pod-gc-threshold': value('10'),
    },
    lines: [
      '-- --service-cluster-ip-range=10.96.0.0/12',
      '-- --use-service-account-credentials=true',
      '+- --profiling=false',
      '+- --terminated-pod-gc-threshold=10',
    ],
  },
  {
    name: 'adds to and takes from list flags',
    file: API,
    flags: {
      'enable-admission-plugins': elements(['EventRateLimit'], ['AlwaysAdmit']),
      'authorization-mode': elements([], ['RBAC']),
      'kubelet-preferred-address-types': elements(['Hostname'], ['ExternalIP']),
    },
    lines: [
      '-- --authorization-mode=Node,RBAC',
      '+- --authorization-mode=Node',
      '-- --enable-admission-plugins=NodeRestriction',
      '+- --enable-admission-plugins=NodeRestriction,EventRateLimit',
      '-- --kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      '+- --kubelet-preferred-address-types=InternalIP,Hostname',
    ],
  },
  {
    name: 'drops an emptied list flag and starts an absent one',
    file: API,
    flags: {
      'enable-admission-plugins': elements([], ['NodeRestriction']),
      'disable-admission-plugins': elements(['A', 'B']),
    },
    lines: ['-- --enable-admission-plugins=NodeRestriction', '+- --disable-admission-plugins=A,B'],
  },
  {
    name: 'edits map entries in args behind a command',
    file: 'command-and-args.yaml',
    flags: {
      'feature-gates': entries({
        NodeSwap: 'true',
        RotateKubeletServerCertificate: null,
        X: 'false',
      }),
      'kube-api-qps': value('50'),
    },
    lines: [
      '-- --feature-gates=RotateKubeletServerCertificate=true,NodeSwap=false',
      '+- --feature-gates=NodeSwap=true,X=false',
      '+- --kube-api-qps=50',
    ],
  },
  {
    name: 'leaves the flags of go-runner alone',
    file: 'go-runner.yaml',
    container: 'kube-apiserver',
    flags: { 'log-file': value('/x.log'), v: value('4') },
    lines: ['-- --v=2', '+- --v=4', '+- --log-file=/x.log'],
  },
  {
    name: 'knows _ as - and keeps the spelling',
    file: 'hyperkube.yaml',
    flags: { 'runtime-config': entries({ 'batch/v2alpha1': 'false' }), profiling: value('false') },
    lines: [
      '-- --runtime_config=batch/v2alpha1=true',
      '+- --runtime_config=batch/v2alpha1=false',
      '+- --profiling=false',
    ],
  },
  {
    name: 'keeps CRLF',
    file: 'crlf.yaml',
    flags: { 'leader-elect': absent, profiling: value('false') },
    lines: ['-- --leader-elect=true', '+- --profiling=false'],
  },
  {
    name: 'keeps a byte-order mark, CRLF and the missing last line end',
    file: 'bom-crlf-open-end.yaml',
    flags: { alpha: value('2'), omega: absent, last: value('x') },
    lines: ['-- --alpha=1', '-- --omega=24h', '+- --alpha=2', '+- --last=x'],
  },
  {
    name: 'keeps quotes, or quotes what needs it',
    file: 'quoted-items.yaml',
    flags: {
      'oidc-username-prefix': value('sso:'),
      'audit-log-format': value("it's text"),
      'service-account-issuer': value('x: y #z'),
      'client-cert-auth': value('true'),
      profiling: value('false'),
      added: value("it's"),
    },
    lines: [
      '-- "--oidc-username-prefix=oidc:"',
      '+- "--oidc-username-prefix=sso:"',
      "-- '--audit-log-format=it''s json'",
      "+- '--audit-log-format=it''s text'",
      '-- "--client-cert-auth=\\"true\\""',
      '-- --service-account-issuer=https://kubernetes.default.svc',
      '+- "--client-cert-auth=true"',
      '+- "--service-account-issuer=x: y #z"',
      "-- '--profiling=true'",
      "+- '--profiling=false'",
      "+- '--added=it''s'",
    ],
  },
  {
    name: 'keeps comments, between and behind',
    file: 'comments.yaml',
    flags: {
      'anonymous-auth': value('true'),
      'audit-log-maxage': absent,
      'audit-log-path': value('/a'),
    },
    lines: [
      '-- --anonymous-auth=false   # CIS 1.2.1',
      '+- --anonymous-auth=true   # CIS 1.2.1',
      '-- --audit-log-maxage=30  # days',
      '+- --audit-log-path=/a',
    ],
  },
  {
    name: 'keeps wide indentation',
    file: 'indented-lists.yaml',
    flags: { 'node-monitor-period': value('10s'), profiling: value('false') },
    lines: [
      '--   --node-monitor-period=5s',
      '+-   --node-monitor-period=10s',
      '+-   --profiling=false',
    ],
  },
  {
    name: 'edits non-ASCII text',
    file: 'non-ascii.yaml',
    flags: { 'cluster-label': value('größer-日本'), profiling: absent, note: value('🚀') },
    lines: [
      '-- --cluster-label=größe-αβγ # 🚀 bitte lassen',
      '-- --profiling=true   # später aus',
      '+- --cluster-label=größer-日本 # 🚀 bitte lassen',
      '+- --note=🚀',
    ],
  },
  {
    name: 'edits flow lists',
    file: 'flow-list.yaml',
    flags: {
      name: absent,
      'listen-client-urls': value('http://127.0.0.1:1'),
      'log-level': value('warn'),
      logger: value('zap'),
    },
    lines: [
      '-command: [ etcd, --name=cp-1,  "--listen-client-urls=http://127.0.0.1:2379", \'--data-dir=/var/lib/etcd\', ]',
      '-args: [--log-level=info]',
      '+command: [ etcd,  "--listen-client-urls=http://127.0.0.1:1", \'--data-dir=/var/lib/etcd\', ]',
      '+args: [--log-level=warn, --logger=zap]',
    ],
  },
  {
    name: 'edits flow lists over several lines',
    file: 'flow-list-many-lines.yaml',
    flags: { name: absent, 'data-dir': value('/d'), logger: value('zap') },
    lines: [
      '-"--name=cp-1",',
      '-"--data-dir=/var/lib/etcd"',
      '+"--data-dir=/d",',
      '+"--logger=zap"',
    ],
  },
  {
    name: 'edits JSON',
    file: 'json.json',
    flags: { v: value('4'), profiling: value('"a": b'), 'oom-score-adj': absent },
    lines: ['-"--oom-score-adj=-998",', '-"--v=2"', '+"--v=4",', '+"--profiling=\\"a\\": b"'],
  },
  {
    name: 'writes what was folded or continued on one line',
    file: 'folded-items.yaml',
    flags: {
      'tls-cipher-suites': value('A,B'),
      'enable-admission-plugins': elements(['X'], ['NodeRestriction']),
      'service-cluster-ip-range': absent,
      v: value('3'),
    },
    lines: [
      '-- >-',
      '---tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,',
      '-- --enable-admission-plugins=NodeRestriction,',
      '-PodSecurity',
      '-- "--service-cluster-ip-range=10.96.0.0/12,\\',
      '-fd00::/108"',
      '+- --tls-cipher-suites=A,B',
      '+- --enable-admission-plugins= PodSecurity,X',
      '---v=2',
      '+--v=3',
    ],
  },
  {
    name: 'edits flags beside folded items',
    file: 'folded-items.yaml',
    flags: { profiling: value('true'), 'secure-port': absent, last: value('1') },
    lines: ['-- --profiling=false', '+- --profiling=true', '-- --secure-port=6443', '+- --last=1'],
  },
  {
    name: 'edits flags beside repeated ones',
    file: 'repeated-flags.yaml',
    flags: { 'backup-store': value('file:///b'), v: value('2') },
    lines: [
      '-- --backup-store=s3://state/backups/etcd/main',
      '+- --backup-store=file:///b',
      '-- --v=6',
      '+- --v=2',
    ],
  },
  {
    name: 'edits one-dash and bare flags',
    file: 'two-items-and-bare.yaml',
    flags: { name: value('cp-2'), debug: value('false'), 'enable-v2': absent },
    lines: ['-- -name=cp-1', '+- -name=cp-2', '-- -debug', '-- --enable-v2', '+- -debug=false'],
  },
  {
    name: 'edits the chosen container only',
    file: 'several-containers.yaml',
    container: 'kms-plugin',
    flags: { v: value('3'), timeout: value('1m0s') },
    lines: ['-- --v=2', '+- --v=3', '+- --timeout=1m0s'],
  },
  {
    name: 'edits an init container by name',
    file: 'several-containers.yaml',
    container: 'prepare',
    flags: { mode: value('slow') },
    lines: ['-command: [prepare, --mode=fast]', '+command: [prepare, --mode=slow]'],
  },
  {
    name: 'keeps flags with an empty value',
    file: 'empty-values.yaml',
    flags: {
      'cloud-provider': value('external'),
      'disable-admission-plugins': elements(['A']),
      'enable-admission-plugins': value(''),
      'tls-cipher-suites': elements([], ['TLS_B', 'TLS_C']),
    },
    lines: [
      '-- --cloud-provider=',
      '-- --disable-admission-plugins=',
      '-- --enable-admission-plugins=NodeRestriction',
      '-- --tls-cipher-suites=TLS_A,TLS_B,TLS_C,TLS_D',
      '+- --cloud-provider=external',
      '+- --disable-admission-plugins=A',
      '+- --enable-admission-plugins=',
      '+- --tls-cipher-suites=TLS_A,TLS_D',
    ],
  },
];
