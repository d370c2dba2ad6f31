import { asMap } from '../../pod/check-pod.ts';
import { containerPort } from '../../pod/container-port.ts';
import type { WrittenContainer } from '../../pod/container.ts';
import { PROBES } from '../../pod/probe-name.ts';
import type { ProbeName } from '../../pod/probe-name.ts';
import { answers } from './addresses.ts';
import type { Listener } from './listeners.ts';

/** A probe that asks over the network, as decoded. */
export interface Probe {
  readonly name: ProbeName;
  readonly action: 'httpGet' | 'tcpSocket';
  /** `null` = the pod's own address. */
  readonly host: string | null;
  /** A number or the name of a container port, as written. */
  readonly port: string;
  /** What `port` stands for; `null` when no container port has that name. */
  readonly number: number | null;
  /** `null` = not written, which means HTTP. */
  readonly scheme: string | null;
  readonly path: string;
}

/** The container's own httpGet and tcpSocket probes; exec and grpc ones ask in ways of their own. */
export function networkProbes(container: WrittenContainer): readonly Probe[] {
  return PROBES.flatMap((name) => {
    const probe = asMap(container.decoded[`${name}Probe`]);
    for (const action of ['httpGet', 'tcpSocket'] as const) {
      const asks = asMap(probe?.[action]);
      if (asks !== null) return [readProbe(container, name, action, asks)];
    }
    return [];
  });
}

function readProbe(
  container: WrittenContainer,
  name: ProbeName,
  action: Probe['action'],
  asks: Readonly<Record<string, unknown>>,
): Probe {
  const port = scalar(asks['port']) ?? '';
  return {
    name,
    action,
    host: scalar(asks['host']),
    port,
    number: containerPort(container, port),
    scheme: scalar(asks['scheme']),
    path: action === 'httpGet' ? (scalar(asks['path']) ?? '/') : '',
  };
}

function scalar(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Whether one of the listeners answers the probe: host, port, and for httpGet the scheme and who is let in. */
export function isAnswered(probe: Probe, listeners: readonly Listener[]): boolean {
  return listeners.some(
    (one) =>
      answersAt(probe, one) &&
      answers(one.host, probe.host) &&
      speaks(probe, one) &&
      letsIn(probe, one),
  );
}

/** Connecting is enough for a tcpSocket probe; an httpGet probe shows no certificate (kubelet pkg/probe/http). */
export function letsIn({ action }: Probe, { needsCertificate }: Listener): boolean {
  return action === 'tcpSocket' || needsCertificate !== true;
}

export function answersAt(probe: Probe, listener: Listener): boolean {
  return probe.number === listener.port;
}

export function speaks(probe: Probe, listener: Listener): boolean {
  return probe.action === 'tcpSocket' || (probe.scheme ?? 'HTTP').toUpperCase() === listener.scheme;
}

/** For people: `https://127.0.0.1:10257/healthz`, `10.0.0.5:6443`. */
export function probeAddress({ action, host, port, scheme, path }: Probe): string {
  const where = `${bracketed(host ?? 'POD-IP')}:${port}`;
  return action === 'tcpSocket' ? where : `${(scheme ?? 'http').toLowerCase()}://${where}${path}`;
}

/** `https://10.0.0.5:10257`. */
export function listenerAddress({ scheme, host, port }: Listener): string {
  return `${scheme.toLowerCase()}://${bracketed(host)}:${String(port)}`;
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
