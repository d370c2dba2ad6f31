import { list, object } from './json-value.ts';
import type { Json } from './json-value.ts';

/**
 * The pod with the API's defaults written out, as far as control-plane manifests meet them (k/k pkg/apis/core/v1/defaults.go): a
 * manifest that states a default decodes to the same object as one that does not. The namespace has none yet: `applyDefaults` of
 * the file source hashes before it sets one.
 */
export function withDefaults(pod: Json): Json {
  const spec = object(pod['spec'], 'spec');
  return {
    ...pod,
    status: {},
    spec: {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      ...spec,
      containers: containers(spec['containers']),
      ...(spec['initContainers'] === undefined
        ? {}
        : { initContainers: containers(spec['initContainers']) }),
      ...(spec['volumes'] === undefined ? {} : { volumes: volumes(spec['volumes']) }),
    },
  };
}

function containers(value: unknown): readonly Json[] {
  return list(value, 'containers').map((one) => {
    const container = object(one, 'container');
    const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].filter(
      (name) => container[name] !== undefined && container[name] !== null,
    );
    return {
      imagePullPolicy: pullPolicy(container['image']),
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      ...container,
      ...Object.fromEntries(probes.map((name) => [name, probe(object(container[name], name))])),
    };
  });
}

function pullPolicy(image: unknown): string {
  if (typeof image !== 'string') return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  return name.includes('@') || (name.includes(':') && !name.endsWith(':latest'))
    ? 'IfNotPresent'
    : 'Always';
}

function probe(value: Json): Json {
  const http = value['httpGet'];
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...value,
    ...(http === undefined || http === null
      ? {}
      : { httpGet: { path: '/', scheme: 'HTTP', ...object(http, 'httpGet') } }),
  };
}

function volumes(value: unknown): readonly Json[] {
  return list(value, 'volumes').map((one) => {
    const volume = object(one, 'volume');
    const hostPath = volume['hostPath'];
    return hostPath === undefined || hostPath === null
      ? volume
      : { ...volume, hostPath: { type: '', ...object(hostPath, 'hostPath') } };
  });
}
