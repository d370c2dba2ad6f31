import { isDeepStrictEqual } from 'node:util';
import type { CheckSpec } from '../../../model/check.ts';
import { asMap } from '../pod/check-pod.ts';
import { containerPort } from '../pod/container-port.ts';
import { itemsOf } from '../pod/container.ts';
import type { WrittenContainer } from '../pod/container.ts';
import { PROBES } from '../pod/probe-name.ts';
import type { ProbeName } from '../pod/probe-name.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';

export interface ProbeCheck {
  /** `-port`: of a gRPC probe only that its port accepts connections can be asked. */
  readonly name: ProbeName | `${ProbeName}-port`;
  readonly check: CheckSpec;
}

/** kubeadm's kubeconfig of the administrator. */
const ADMIN = '/etc/kubernetes/admin.conf';
/** Components whose health paths the API server's certificates open (`--client-ca-file`, or delegated authentication). */
const LETS_ADMIN_IN: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
]);

type Decoded = Readonly<Record<string, unknown>>;

/**
 * The container's own probes as checks, distinct ones only; readiness names a shared one, then liveness. An exec probe gives none:
 * it runs inside the container. https probes of Kubernetes components present the administrator's certificate where it is there,
 * but with --anonymous-auth=false: the kubelet has none to present, gets 401 and ends the container, whatever others are told. Rules: kubelet pkg/probe/http (scheme http by default, path as given, certificates not verified, 200–399 is good).
 * The default host is 127.0.0.1: static control-plane pods live in the host's network.
 */
export function probeChecks(container: WrittenContainer): readonly ProbeCheck[] {
  const probes: ProbeCheck[] = [];
  for (const name of PROBES) {
    const probe = asMap(container.decoded[`${name}Probe`]);
    const check = readProbe(container, probe);
    if (check === null || probes.some((one) => isDeepStrictEqual(one.check, check))) continue;
    probes.push({ name: asMap(probe?.['grpc']) === null ? name : `${name}-port`, check });
  }
  return probes;
}

function readProbe(container: WrittenContainer, probe: Decoded | null): CheckSpec | null {
  const http = asMap(probe?.['httpGet']);
  if (http !== null) return readHttp(container, http);
  const grpc = asMap(probe?.['grpc']);
  if (grpc !== null && typeof grpc['port'] === 'number') {
    return { kind: 'tcp', host: '127.0.0.1', port: grpc['port'] };
  }
  const tcp = asMap(probe?.['tcpSocket']);
  const port = tcp === null ? null : containerPort(container, tcp['port']);
  return tcp === null || port === null
    ? null
    : { kind: 'tcp', host: textOr(tcp['host'], '127.0.0.1'), port };
}

function readHttp(container: WrittenContainer, http: Decoded): CheckSpec | null {
  const port = containerPort(container, http['port']);
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
    // What refuses the kubelet, which has no credentials, refuses it for ever: an API server says 401 from its first answer on.
    ...(scheme === 'https' ? { insecureSkipVerify: true, asKubelet: true } : {}),
    ...(scheme === 'https' && letsAdminIn(container) && answersAnyone(container)
      ? { kubeconfigIfThere: ADMIN }
      : {}),
  };
}

function letsAdminIn(container: WrittenContainer): boolean {
  const programs = itemsOf(container).map(({ text }) => text.slice(text.lastIndexOf('/') + 1));
  return programs.some((program) => LETS_ADMIN_IN.has(program));
}

/** Whether requests without credentials are let in, as far as the flag tells; the last one counts. */
function answersAnyone(container: WrittenContainer): boolean {
  const last = itemsOf(container).findLast(({ text }) => /^--anonymous[-_]auth(?:=|$)/.test(text));
  return parseGoBoolean(last?.text.split('=')[1] ?? 'true') !== false;
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
