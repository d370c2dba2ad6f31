import { isDeepStrictEqual } from 'node:util';
import type { CheckSpec } from '../../model/check.ts';
import { asMap } from './check-pod.ts';
import type { Container } from './container.ts';

export interface ProbeCheck {
  readonly name: 'readiness' | 'liveness' | 'startup';
  readonly check: CheckSpec;
}

type Decoded = Readonly<Record<string, unknown>>;

/**
 * The container's own probes as checks, distinct ones only; readiness names a shared one, then liveness. exec and grpc probes
 * give none. Rules: kubelet pkg/probe/http (scheme http by default, path as given, certificates not verified, 200–399 is good).
 * The default host is 127.0.0.1: static control-plane pods live in the host's network.
 */
export function probeChecks(container: Container): readonly ProbeCheck[] {
  const probes: ProbeCheck[] = [];
  for (const name of ['readiness', 'liveness', 'startup'] as const) {
    const check = readProbe(container, asMap(container.decoded[`${name}Probe`]));
    if (check === null || probes.some((one) => isDeepStrictEqual(one.check, check))) continue;
    probes.push({ name, check });
  }
  return probes;
}

function readProbe(container: Container, probe: Decoded | null): CheckSpec | null {
  const http = asMap(probe?.['httpGet']);
  if (http !== null) return readHttp(container, http);
  const tcp = asMap(probe?.['tcpSocket']);
  const port = tcp === null ? null : readPort(container, tcp['port']);
  return tcp === null || port === null
    ? null
    : { kind: 'tcp', host: textOr(tcp['host'], '127.0.0.1'), port };
}

function readHttp(container: Container, http: Decoded): CheckSpec | null {
  const port = readPort(container, http['port']);
  if (port === null) return null;
  const scheme = textOr(http['scheme'], 'HTTP').toLowerCase();
  const host = textOr(http['host'], '127.0.0.1');
  const path = textOr(http['path'], '/').replace(/^(?!\/)/, '/');
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  const headers = readHeaders(http['httpHeaders']);
  return {
    kind: 'http',
    url,
    ...(headers === null ? {} : { headers }),
    ...(scheme === 'https' ? { insecureSkipVerify: true } : {}),
  };
}

/** A port number, or the container port of that name; `null` when there is none. */
function readPort(container: Container, port: unknown): number | null {
  if (typeof port === 'number') return port;
  if (typeof port !== 'string') return null;
  if (/^\d+$/.test(port)) return Number(port);
  const ports = container.decoded['ports'];
  const named = (Array.isArray(ports) ? ports : [])
    .map(asMap)
    .find((one) => one?.['name'] === port);
  const number = named?.['containerPort'];
  return typeof number === 'number' ? number : null;
}

function readHeaders(list: unknown): Readonly<Record<string, string>> | null {
  if (!Array.isArray(list)) return null;
  const pairs = list.map(asMap).flatMap((header) => {
    const [name, value] = [header?.['name'], header?.['value']];
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
  return pairs.length === 0 ? null : (Object.fromEntries(pairs) as Record<string, string>);
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
