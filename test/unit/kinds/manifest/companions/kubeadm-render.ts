import { parse, parseAllDocuments } from 'yaml';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import { textOf } from '../manifest-rig.ts';

type Json = Record<string, unknown>;

interface Asks {
  host?: string;
  port: string | number;
  scheme: string;
}

interface Pod {
  spec: {
    containers: [
      Json & {
        command: string[];
        ports?: { name: string; containerPort: number }[];
        volumeMounts: Json[];
      },
    ];
    volumes: Json[];
  };
}

interface Told {
  readonly extraArgs?: readonly { readonly name: string; readonly value: string }[];
  readonly extraVolumes?: readonly Json[];
}

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/**
 * What `kubeadm upgrade` writes with what was printed (v1beta4): its manifest with extraArgs and extraVolumes, its probes made of the
 * extraArgs, then the patches. `original` is its manifest without any. Source: kubernetes/kubernetes 1.34 cmd/kubeadm/app:
 * util/arguments.go, phases/controlplane/volumes.go, util/staticpod/utils.go (probes), util/patches.
 */
export function rendered(original: FileImage, printed: string): unknown {
  const pod = parse(textOf(original)) as Pod;
  const [container] = pod.spec.containers;
  const documents = parseAllDocuments(printed).map((one) => one.toJS() as Json | Step[] | null);
  for (const document of documents) {
    if (document === null || Array.isArray(document)) continue;
    const etcd = document['etcd'] as { local: Told } | undefined;
    const told = (etcd?.local ??
      document['apiServer'] ??
      document['controllerManager'] ??
      document['scheduler']) as Told;
    extend(pod, told);
    const value = (flag: string) => told.extraArgs?.find(({ name }) => name === flag)?.value;
    moveProbes(container, value('bind-address'), value('listen-metrics-urls'));
  }
  for (const steps of documents) {
    if (Array.isArray(steps)) for (const step of steps) apply(pod, step);
  }
  return normal(pod);
}

/** The manifest as data: items of lists that have no order sorted, named ports resolved. */
export function normal(pod: unknown): unknown {
  const copy = structuredClone(pod) as Pod;
  const [container] = copy.spec.containers;
  container.command.sort();
  for (const asks of asksOf(container)) {
    const named = container.ports?.find(({ name }) => name === asks.port);
    asks.port = named?.containerPort ?? asks.port;
    if (asks.host === '') delete asks.host;
  }
  delete container.ports;
  container.volumeMounts = container.volumeMounts
    .map(({ readOnly, ...mount }) => (readOnly === true ? { ...mount, readOnly } : mount))
    .toSorted(byText);
  copy.spec.volumes.sort(byText);
  return copy;
}

export function normalOf(image: FileImage): unknown {
  return normal(parse(textOf(image)));
}

function byText(a: Json, b: Json): number {
  return JSON.stringify(a['name']) < JSON.stringify(b['name']) ? -1 : 1;
}

function asksOf(container: Json): readonly Asks[] {
  return ['startup', 'readiness', 'liveness'].flatMap((name) => {
    const probe = container[`${name}Probe`] as { httpGet: Asks } | undefined;
    return probe === undefined ? [] : [probe.httpGet];
  });
}

function extend({ spec }: Pod, { extraArgs = [], extraVolumes = [] }: Told): void {
  const [container] = spec.containers;
  const [binary = '', ...flags] = container.command;
  const names = new Set(extraArgs.map(({ name }) => name));
  const kept = flags.filter((flag) => !names.has(/^--([^=]*)/.exec(flag)?.[1] ?? ''));
  const given = extraArgs.map(({ name, value }) => `--${name}=${value}`);
  container.command = [binary, ...[...kept, ...given].toSorted()];
  for (const { name, hostPath: path, mountPath, readOnly, pathType } of extraVolumes) {
    const hostPath = pathType === undefined ? { path } : { path, type: pathType };
    spec.volumes = [...spec.volumes.filter((one) => one['name'] !== name), { hostPath, name }];
    container.volumeMounts = [
      ...container.volumeMounts.filter((one) => one['name'] !== name),
      { mountPath, name, readOnly },
    ];
  }
}

function moveProbes(container: Json, bind?: string, metrics?: string): void {
  const first = metrics === undefined ? undefined : new URL(metrics.split(',')[0] ?? '');
  const isApi = (container['command'] as string[])[0] === 'kube-apiserver';
  for (const asks of asksOf(container)) {
    if (bind !== undefined && !isApi) {
      asks.host = bind === '0.0.0.0' || bind === '::' ? '' : bind;
    }
    if (first === undefined) continue;
    asks.host = first.hostname.replace(/^\[|\]$/g, '');
    asks.port = Number(first.port);
    asks.scheme = first.protocol === 'https:' ? 'HTTPS' : 'HTTP';
  }
}

/** RFC 6902; throws where a step does not hold. */
function apply(pod: Pod, { op, path, value }: Step): void {
  const steps = path.slice(1).split('/');
  const last = steps.pop() ?? '';
  let at: unknown = pod;
  for (const step of steps) at = (at as Json)[step];
  const parent = at as Json;
  if (op === 'test') {
    if (JSON.stringify(parent[last]) !== JSON.stringify(value)) throw new Error(`test ${path}`);
  } else if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    parent.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'add' || last in parent) {
    parent[last] = value;
    if (op === 'remove') delete parent[last];
  } else throw new Error(`${op} ${path}`);
}
