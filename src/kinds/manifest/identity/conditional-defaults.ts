import { asMap } from '../pod/check-pod.ts';
import type { JsonMap } from '../pod/parse-pod.ts';

/** Defaults of k8s.io/kubernetes pkg/apis/core/v1/defaults.go that depend on another field of the pod: those are left out, too. */
export function withoutConditionalDefaults(pod: JsonMap): JsonMap {
  const spec = asMap(pod['spec']);
  if (spec === null) return pod;
  const shared = spec['hostNetwork'] === true;
  const container = (one: JsonMap): JsonMap =>
    withoutPorts(withoutRequests(withoutPull(one)), shared);
  return {
    ...pod,
    spec: {
      ...spec,
      ...mapped(spec, 'containers', container),
      ...mapped(spec, 'initContainers', container),
      ...mapped(spec, 'volumes', withoutEmptyDirectory),
    },
  };
}

/** SetDefaults_Container: `Always` for the tag `latest`, which an image without tag and digest has; else `IfNotPresent`. */
function withoutPull(container: JsonMap): JsonMap {
  const { image, imagePullPolicy: policy, ...rest } = container;
  if (policy === undefined || typeof image !== 'string') return container;
  const usual = tagOf(image) === 'latest' ? 'Always' : 'IfNotPresent';
  return policy === '' || policy === usual ? { ...rest, image } : container;
}

function tagOf(image: string): string {
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const at = last.indexOf(':');
  if (at !== -1) return last.slice(at + 1);
  return digest === undefined ? 'latest' : '';
}

/** SetDefaults_Pod: what has a limit and no request, requests its limit. Equal texts only: quantities are not computed. */
function withoutRequests(container: JsonMap): JsonMap {
  const resources = asMap(container['resources']);
  const limits = asMap(resources?.['limits']);
  const requests = asMap(resources?.['requests']);
  if (resources === null || limits === null || requests === null) return container;
  const own = Object.entries(requests).filter(([name, value]) => limits[name] !== value);
  const { requests: _requests, ...rest } = resources;
  if (Object.keys(limits).length === 0) return container;
  const kept = own.length === 0 ? rest : { ...rest, requests: Object.fromEntries(own) };
  return { ...container, resources: kept };
}

/** defaultHostNetworkPorts: in the network of the host a port is its own host port. */
function withoutPorts(container: JsonMap, shared: boolean): JsonMap {
  if (!shared) return container;
  return {
    ...container,
    ...mapped(container, 'ports', (port) => {
      const { hostPort, ...rest } = port;
      return hostPort === port['containerPort'] ? rest : port;
    }),
  };
}

/** SetDefaults_Volume: a volume without a source is an emptyDir. */
function withoutEmptyDirectory(volume: JsonMap): JsonMap {
  const { emptyDir, ...rest } = volume;
  const empty = asMap(emptyDir);
  return empty !== null && Object.keys(empty).length === 0 ? rest : volume;
}

function mapped(owner: JsonMap, key: string, change: (one: JsonMap) => JsonMap): JsonMap {
  const list = owner[key];
  if (!Array.isArray(list)) return {};
  return {
    [key]: list.map((one: unknown) => {
      const map = asMap(one);
      return map === null ? one : change(map);
    }),
  };
}
