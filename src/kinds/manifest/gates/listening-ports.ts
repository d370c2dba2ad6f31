import { argvOf } from '../pod/argv.ts';
import type { Container } from '../pod/container.ts';
import { etcdSetting } from '../pod/etcd-variable.ts';
import { probeChecks } from './probe-checks.ts';

/** Flags that say where a component serves: a port, or URLs with one (etcd takes one dash, too, and variables). */
const PORT = /^--?secure[-_]port=(\d+)$/u;
const URLS = /^--?listen-(?:client|metrics)-urls=(.+)$/u;

/** TCP ports on which the container's process says that it listens, or its probes expect it; ascending. Names as hosts tell none. */
export function listeningPorts(container: Container): readonly number[] {
  const ports = new Set<number>();
  for (const { check } of probeChecks(container)) {
    if (check.kind === 'tcp' && isAddress(check.host)) ports.add(check.port);
    if (check.kind === 'http') addPort(ports, check.url);
  }
  for (const argument of argvOf(container)) {
    const port = PORT.exec(argument)?.[1];
    if (port !== undefined) ports.add(Number(port));
    for (const url of URLS.exec(argument)?.[1]?.split(',') ?? []) addPort(ports, url.trim());
  }
  for (const flag of ['listen-client-urls', 'listen-metrics-urls']) {
    for (const url of etcdSetting(container, flag)?.split(',') ?? []) addPort(ports, url.trim());
  }
  return [...ports].filter((port) => port > 0).toSorted((a, b) => a - b);
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
