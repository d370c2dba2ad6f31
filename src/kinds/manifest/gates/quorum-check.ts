import type { EtcdQuorumCheck } from '../../../model/check.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { Container } from '../pod/container.ts';
import { itemsOf } from '../pod/container.ts';
import { etcdSetting } from '../pod/etcd-variable.ts';
import { hostPathOf } from './host-path.ts';

type Flags = ReadonlyMap<string, string>;

/** Flags that name the cluster of a component and how to ask it. */
interface Access {
  readonly endpoints: readonly string[];
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** No member restarts with it. */
  readonly spare?: 0;
}

/**
 * The quorum of the etcd cluster that a manifest belongs to or depends on, where its flags say that it has several members:
 * `--initial-cluster` of etcd, `--etcd-servers` of the API server, which needs it but takes no member away. `null` for others: a flag that names one member says nothing
 * about more (kubeadm's first manifest, and a stacked API server, name only their own).
 */
export function quorumCheck(container: Container): EtcdQuorumCheck | null {
  const flags = flagsOf(container);
  const access = isProgram(container, 'etcd')
    ? ofEtcd(flags)
    : isProgram(container, 'kube-apiserver')
      ? ofApiServer(flags)
      : null;
  if (access === null || access.endpoints.length === 0) return null;
  const file = (name: string): string | null => {
    const path = flags.get(name);
    return path === undefined ? null : hostPathOf(container, path);
  };
  const [ca, cert, key] = [file(access.ca), file(access.cert), file(access.key)];
  return {
    kind: 'etcd-quorum',
    endpoints: access.endpoints,
    ...(access.spare === undefined ? {} : { spare: access.spare }),
    ...(ca === null ? {} : { ca }),
    ...(cert === null || key === null ? {} : { cert, key }),
  };
}

function ofEtcd(flags: Flags): Access | null {
  if (parts(flags.get('initial-cluster')).length < 2) return null;
  const urls = [
    ...parts(flags.get('listen-client-urls')),
    ...parts(flags.get('advertise-client-urls')),
  ];
  const endpoints = [...new Set(urls.map((url) => url.replace('//0.0.0.0:', '//127.0.0.1:')))];
  return { endpoints, ca: 'trusted-ca-file', cert: 'cert-file', key: 'key-file' };
}

function ofApiServer(flags: Flags): Access | null {
  const endpoints = parts(flags.get('etcd-servers'));
  if (endpoints.length < 2) return null;
  const files = { ca: 'etcd-cafile', cert: 'etcd-certfile', key: 'etcd-keyfile' };
  return { endpoints, ...files, spare: 0 };
}

/** What etcd may have from its environment, too. */
const OF_MEMBER = [
  'initial-cluster',
  'listen-client-urls',
  'advertise-client-urls',
  'trusted-ca-file',
  'cert-file',
  'key-file',
];

/** The last of a repeated flag counts, for both components. */
function flagsOf(container: Container): Flags {
  const line = readCommandLine(container);
  const flags = new Map<string, string>();
  if (!line.ok) return flags;
  for (const token of line.value.tokens) {
    if (token.kind !== 'flag') continue;
    const value = token.value ?? token.follower?.text;
    if (value !== undefined) flags.set(token.name, value);
  }
  for (const flag of OF_MEMBER) {
    const text = flags.has(flag) ? null : etcdSetting(container, flag);
    if (text !== null && !text.includes('$(')) flags.set(flag, text);
  }
  return flags;
}

function parts(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter((one) => one !== '');
}

function isProgram(container: Container, program: string): boolean {
  return itemsOf(container).some(({ text }) => text === program || text.endsWith(`/${program}`));
}
