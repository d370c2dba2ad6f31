import { argvOf } from '../pod/argv.ts';
import type { Container } from '../pod/container.ts';
import { etcdSetting } from '../pod/etcd-variable.ts';
import { canonicalFlagName } from '../flags/item-key.ts';
import { parseGoPort } from '../values/go-port.ts';
import { probeChecks } from './probe-checks.ts';

/** etcd takes one dash, too. */
const FLAG = /^--?([a-z][a-z_-]*)(?:=(.*))?$/su;
/** URLs where etcd listens, by a flag or its variable; the other components have a port. */
const URLS = ['listen-client-urls', 'listen-metrics-urls'] as const;

/** TCP ports on which the container's process says that it listens, or its probes expect it; ascending. Names as hosts tell none. */
export function listeningPorts(container: Container): readonly number[] {
  const ports = new Set<number>();
  for (const { check } of probeChecks(container)) {
    if (check.kind === 'tcp' && isAddress(check.host)) ports.add(check.port);
    if (check.kind === 'http') addPort(ports, check.url);
  }
  const argv = argvOf(container);
  ports.add(parseGoPort(lastValue(argv, 'secure-port') ?? '') ?? 0);
  for (const name of URLS) {
    const urls = lastValue(argv, name) ?? etcdSetting(container, name) ?? '';
    for (const url of urls.split(',')) addPort(ports, url.trim());
  }
  return [...ports].filter((port) => port > 0).toSorted((a, b) => a - b);
}

/** Of a flag that is given several times the last one counts; its value may be an argument of its own. */
function lastValue(argv: readonly string[], name: string): string | null {
  const at = argv.findLastIndex((text) => canonicalFlagName(FLAG.exec(text)?.[1] ?? '') === name);
  return at === -1 ? null : (FLAG.exec(argv[at] ?? '')?.[2] ?? argv[at + 1] ?? null);
}

function addPort(ports: Set<number>, text: string): void {
  if (!URL.canParse(text)) return;
  const { hostname, port, protocol } = new URL(text);
  if (!isAddress(hostname)) return;
  ports.add(port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));
}

/** An address of this machine, or one that nobody has looked up: enough to tell it from a name. */
function isAddress(host: string): boolean {
  return host === 'localhost' || /^[\d.]+$/u.test(host) || host.includes(':');
}
