import { list, number, object, text } from './json-value.ts';
import type { Json } from './json-value.ts';

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Path in the container to the path on the host that is mounted there. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly probes: readonly Probe[];
}

export interface Probe {
  readonly name: 'startup' | 'liveness' | 'readiness';
  readonly url: string;
  /** Failures in a row that it takes. */
  readonly failureThreshold: number;
  /** Milliseconds. */
  readonly timeout: number;
}

export function decodeContainer(value: unknown, at: string, volumes: unknown): Container {
  const container = object(value, at);
  const argv = [
    ...list(container['command'] ?? [], `${at}.command`),
    ...list(container['args'] ?? [], `${at}.args`),
  ].map((part, i) => text(part, `${at}.command[${i}]`));
  if (argv.length === 0) throw new Error(`${at}: no command (this simulator has no images)`);
  const env = list(container['env'] ?? [], `${at}.env`).map((entry) => object(entry, `${at}.env`));
  return {
    name: text(container['name'], `${at}.name`),
    image: text(container['image'], `${at}.image`),
    argv,
    env: Object.fromEntries(
      env.map((entry) => [text(entry['name'], 'env name'), text(entry['value'] ?? '', 'env')]),
    ),
    mounts: decodeMounts(container, volumes),
    probes: (['startup', 'liveness', 'readiness'] as const).flatMap((name) =>
      decodeProbe(name, container[`${name}Probe`]),
    ),
  };
}

function decodeMounts(container: Json, volumes: unknown): Readonly<Record<string, string>> {
  const hostPaths = new Map(
    list(volumes, 'spec.volumes').map((one) => {
      const volume = object(one, 'volume');
      const hostPath = volume['hostPath'] ?? null;
      const path = hostPath === null ? null : text(object(hostPath, 'hostPath')['path'], 'path');
      return [volume['name'], path];
    }),
  );
  const mounts = list(container['volumeMounts'] ?? [], 'volumeMounts').flatMap((one) => {
    const mount = object(one, 'volumeMount');
    const path = hostPaths.get(mount['name']);
    // Validation refuses a mount of a volume that is not declared; other kinds of volumes hold nothing of the host.
    if (path === undefined) throw new Error(`volumeMounts: no volume ${String(mount['name'])}`);
    return path === null ? [] : [[text(mount['mountPath'], 'mountPath'), path] as const];
  });
  return Object.fromEntries(mounts);
}

/** httpGet probes only: control-plane manifests have no others. The host's network is the pod's. */
function decodeProbe(name: Probe['name'], value: unknown): readonly Probe[] {
  if (value === undefined || value === null) return [];
  const probe = object(value, name);
  if (probe['httpGet'] === undefined) return [];
  const http = object(probe['httpGet'], 'httpGet');
  const scheme = text(http['scheme'] ?? 'HTTP', 'scheme').toLowerCase();
  const host = text(http['host'] ?? '127.0.0.1', 'host');
  return [
    {
      name,
      url: `${scheme}://${host}:${number(http['port'], 'port')}${text(http['path'] ?? '/', 'path')}`,
      failureThreshold: number(probe['failureThreshold'] ?? 3, 'failureThreshold'),
      timeout: number(probe['timeoutSeconds'] ?? 1, 'timeoutSeconds') * 1000,
    },
  ];
}
