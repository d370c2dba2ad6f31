/**
 * Which values of a pod's fields mean the same as leaving the field out, because the kubelet hashes the decoded pod after its
 * defaults are set. Sources: k8s.io/kubernetes pkg/apis/core/v1/defaults.go (SetDefaults_*), zz_generated.defaults.go (port
 * protocol, grpc service), and for plain Go fields their zero value (k8s.io/api core/v1 types.go: no pointer, omitempty). A
 * default that is not here makes an edit of it look like a restart; a wrong one would hide a restart. So: only unconditional
 * ones of every supported version; the conditional ones are in conditional-defaults.ts.
 */
export interface Shape {
  /** Field → values that are the same as its absence. */
  readonly absent?: Readonly<Record<string, readonly unknown[]>>;
  /** Structs that are no pointers: empty is the same as absent. */
  readonly plain?: readonly string[];
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly lists?: Readonly<Record<string, Shape>>;
}

const NO: readonly unknown[] = [false];
const EMPTY: readonly unknown[] = [''];
/** v1.SecretVolumeSourceDefaultMode and its like: 0644. */
const MODE: Shape = { absent: { defaultMode: [0o644] } };

const FIELD_REFERENCE: Shape = { fields: { fieldRef: { absent: { apiVersion: ['', 'v1'] } } } };

/** SetDefaults_HTTPGetAction. */
const HTTP: Shape = { absent: { path: ['', '/'], scheme: ['', 'HTTP'], host: EMPTY } };
const TCP: Shape = { absent: { host: EMPTY } };

/** SetDefaults_Probe. */
const PROBE: Shape = {
  absent: {
    initialDelaySeconds: [0],
    timeoutSeconds: [0, 1],
    periodSeconds: [0, 10],
    successThreshold: [0, 1],
    failureThreshold: [0, 3],
  },
  fields: { httpGet: HTTP, tcpSocket: TCP, grpc: { absent: { service: EMPTY } } },
};

const HANDLER: Shape = { fields: { httpGet: HTTP, tcpSocket: TCP } };

/** SetDefaults_Container. */
const CONTAINER: Shape = {
  absent: {
    terminationMessagePath: ['', '/dev/termination-log'],
    terminationMessagePolicy: ['', 'File'],
    workingDir: EMPTY,
    stdin: NO,
    stdinOnce: NO,
    tty: NO,
  },
  plain: ['resources'],
  fields: {
    livenessProbe: PROBE,
    readinessProbe: PROBE,
    startupProbe: PROBE,
    lifecycle: { fields: { postStart: HANDLER, preStop: HANDLER } },
    resources: {},
  },
  lists: {
    ports: { absent: { protocol: ['', 'TCP'], name: EMPTY, hostIP: EMPTY, hostPort: [0] } },
    env: { absent: { value: EMPTY }, fields: { valueFrom: FIELD_REFERENCE } },
    volumeMounts: { absent: { readOnly: NO, subPath: EMPTY, subPathExpr: EMPTY } },
  },
};

const VOLUME: Shape = {
  fields: {
    // SetDefaults_HostPathVolumeSource: a pointer to v1.HostPathUnset, which is the empty text.
    hostPath: { absent: { type: EMPTY } },
    emptyDir: { absent: { medium: EMPTY } },
    secret: MODE,
    configMap: MODE,
    downwardAPI: { ...MODE, lists: { items: FIELD_REFERENCE } },
    projected: {
      ...MODE,
      lists: {
        sources: {
          fields: {
            serviceAccountToken: { absent: { expirationSeconds: [3600], audience: EMPTY } },
            downwardAPI: { lists: { items: FIELD_REFERENCE } },
          },
        },
      },
    },
  },
};

/** The namespace has no default here: the kubelet sets it after it has made the hash (pkg/kubelet/config/common.go). */
export const POD: Shape = {
  plain: ['status'],
  fields: {
    metadata: { absent: { namespace: EMPTY, generateName: EMPTY, uid: EMPTY } },
    status: {},
    spec: {
      // SetDefaults_PodSpec, SetDefaults_Pod.
      absent: {
        dnsPolicy: ['', 'ClusterFirst'],
        restartPolicy: ['', 'Always'],
        schedulerName: ['', 'default-scheduler'],
        terminationGracePeriodSeconds: [30],
        enableServiceLinks: [true],
        hostNetwork: NO,
        hostPID: NO,
        hostIPC: NO,
        nodeName: EMPTY,
        hostname: EMPTY,
        subdomain: EMPTY,
        serviceAccountName: EMPTY,
        priorityClassName: EMPTY,
      },
      // A pointer, but SetDefaults_PodSpec makes an empty one where there is none.
      plain: ['securityContext'],
      fields: { securityContext: {} },
      lists: { containers: CONTAINER, initContainers: CONTAINER, volumes: VOLUME },
    },
  },
};
