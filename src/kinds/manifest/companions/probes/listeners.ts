import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { parseGoPort } from '../../values/go-port.ts';
import { parseGoBoolean } from '../../values/go-scalars.ts';
import { componentOfLine } from '../component-of-line.ts';
import { settingText } from '../flag-text.ts';

export type Scheme = 'HTTP' | 'HTTPS';
export type ListenerName = 'secure' | 'insecure' | 'client' | 'metrics';

/** One address that a component listens on, as its flags say. */
export interface Listener {
  readonly name: ListenerName;
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: number;
  /** Whoever asks has to show a certificate, which a probe of the kubelet has none of. */
  readonly needsCertificate?: true;
}

/** A flag's value: `null` = not given, and not set by etcd's environment. */
export type FlagReader = (flag: string) => string | null;

interface HostAndPort {
  readonly name: ListenerName;
  readonly scheme: Scheme;
  readonly hostFlag: string;
  readonly portFlag: string;
  readonly host: string;
  /** `null` = off unless the flag says otherwise. */
  readonly port: number | null;
}

const secure = (port: number): HostAndPort => ({
  name: 'secure',
  scheme: 'HTTPS',
  hostFlag: 'bind-address',
  portFlag: 'secure-port',
  host: '0.0.0.0',
  port,
});

const insecure = (hostFlag: string, portFlag: string, host: string): HostAndPort => ({
  name: 'insecure',
  scheme: 'HTTP',
  hostFlag,
  portFlag,
  host,
  port: null,
});

/**
 * Where components listen, with the defaults of the reference pages (kubernetes/website command-line-tools-reference). The plain
 * ports were taken out with 1.20 (apiserver) and 1.24; until then only a manifest that names them counts.
 */
const PORTS: Readonly<
  Record<Exclude<Component, 'etcd' | 'kube-proxy' | 'kubelet'>, readonly HostAndPort[]>
> = {
  'kube-apiserver': [secure(6443), insecure('insecure-bind-address', 'insecure-port', '127.0.0.1')],
  'kube-controller-manager': [secure(10257), insecure('address', 'port', '0.0.0.0')],
  'kube-scheduler': [secure(10259), insecure('address', 'port', '0.0.0.0')],
};

/** etcd's default of --listen-client-urls (etcd.io/docs, configuration). It also serves /health there. */
const ETCD_CLIENT = 'http://localhost:2379';

/** Flags that decide about a listener's parts. */
export const ADDRESS_FLAGS: Readonly<
  Record<'host' | 'port' | 'scheme', Readonly<Record<ListenerName, readonly string[]>>>
> = {
  host: {
    secure: ['bind-address'],
    insecure: ['insecure-bind-address', 'address'],
    client: ['listen-client-urls'],
    metrics: ['listen-metrics-urls'],
  },
  port: {
    secure: ['secure-port'],
    insecure: ['insecure-port', 'port'],
    client: ['listen-client-urls'],
    metrics: ['listen-metrics-urls'],
  },
  scheme: {
    secure: [],
    insecure: [],
    client: ['listen-client-urls'],
    metrics: ['listen-metrics-urls'],
  },
};

/**
 * Where the component of a command line listens; `null` when that cannot be told from its flags (another program, settings in a
 * config file, a $(VAR) in an address). `read` stands for the flags where they are about to change.
 */
export function listenersOf(
  line: CommandLine,
  read: FlagReader = (flag) => settingText(line, flag),
): readonly Listener[] | null {
  const component = componentOfLine(line);
  if (component === null || component === 'kube-proxy' || component === 'kubelet') return null;
  if (component === 'etcd') return etcdListeners(read);
  const found = PORTS[component].map((one) => listenerAt(one, read));
  return found.includes(undefined)
    ? null
    : found.filter((one) => one !== undefined && one !== null);
}

/** `null`: off; `undefined`: cannot be told. */
function listenerAt(at: HostAndPort, read: FlagReader): Listener | null | undefined {
  const port = parseGoPort(read(at.portFlag) ?? at.port?.toString() ?? '0');
  const host = read(at.hostFlag) ?? at.host;
  if (port === null || host.includes('$(')) return undefined;
  const { name, scheme } = at;
  return port === 0 ? null : { name, scheme, host, port };
}

function etcdListeners(read: FlagReader): readonly Listener[] | null {
  // With a config file etcd ignores every other flag (etcd.io/docs, configuration).
  if (read('config-file') !== null) return null;
  const client = urlListeners('client', read('listen-client-urls') ?? ETCD_CLIENT);
  const metrics = urlListeners('metrics', read('listen-metrics-urls') ?? '');
  if (client === null || metrics === null) return null;
  const all = [...client, ...metrics];
  return asksForCertificate(read)
    ? all.map((one) => (one.scheme === 'HTTPS' ? { ...one, needsCertificate: true } : one))
    : all;
}

/** etcd client/pkg/transport TLSInfo.ServerConfig: either flag; both kinds of listeners have the same TLS (embed createMetricsListener). */
function asksForCertificate(read: FlagReader): boolean {
  const auth = read('client-cert-auth');
  return read('trusted-ca-file') !== null || (auth !== null && parseGoBoolean(auth) === true);
}

function urlListeners(name: ListenerName, urls: string): readonly Listener[] | null {
  const found: Listener[] = [];
  for (const url of urls.split(',').map((one) => one.trim())) {
    if (url === '' || url.startsWith('unix')) continue;
    const match = /^(https?):\/\/(\[[^\]]*\]|[^:/]*):(\d+)\/?$/.exec(url);
    if (match === null) return null;
    // Any free port, which nobody can know.
    if (Number(match[3]) === 0) continue;
    const scheme = match[1] === 'https' ? 'HTTPS' : 'HTTP';
    found.push({ name, scheme, host: match[2] ?? '', port: Number(match[3]) });
  }
  return found;
}
