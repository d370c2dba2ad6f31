import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Pod {
  /** `namespace/name`: the store's key, so two files of the same pod shadow each other. */
  readonly key: string;
  readonly file: string;
  readonly containers: readonly Container[];
  /** Same identity ⇒ the kubelet sees no change and restarts nothing. */
  readonly identity: string;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number;
}

type Json = Record<string, unknown>;

/**
 * Decodes one manifest the way the kubelet does (common.go tryDecodeSinglePod): YAML to JSON, first document only, strictly
 * typed, defaulted. Throws an Error that says what is wrong. Deliberately shares nothing with the product's own decoder.
 */
export function decodePod(text: string, file: string): Pod {
  const [document] = parseAllDocuments(text, { version: '1.1' });
  if (document === undefined || !('contents' in document)) throw new Error('empty manifest');
  if (document.errors.length > 0) throw new Error(document.errors[0]?.message ?? 'not YAML');
  const pod = object(document.toJS(), 'manifest');
  if (pod.kind !== 'Pod' || pod.apiVersion !== 'v1') throw new Error('not a v1 Pod');
  const metadata = object(pod.metadata, 'metadata');
  const spec = object(pod.spec, 'spec');
  const containers = list(spec.containers, 'spec.containers').map(decodeContainer);
  if (containers.length === 0) throw new Error('spec.containers: required value');
  const name = textAt(metadata.name, 'metadata.name');
  const namespace = metadata.namespace === undefined ? 'default' : textAt(metadata.namespace, 'ns');
  const grace = spec.terminationGracePeriodSeconds ?? 30;
  if (typeof grace !== 'number') throw new Error('terminationGracePeriodSeconds: not a number');
  return {
    key: `${namespace}/${name}`,
    file,
    containers,
    identity: identity(pod, metadata, spec, file),
    grace: grace * 1000,
  };
}

function decodeContainer(value: unknown, index: number): Container {
  const at = `spec.containers[${index}]`;
  const container = object(value, at);
  const argv = [
    ...list(container.command ?? [], `${at}.command`),
    ...list(container.args ?? [], `${at}.args`),
  ].map((part, i) => textAt(part, `${at}.command[${i}]`));
  if (argv.length === 0) throw new Error(`${at}: no command (this runner has no images)`);
  const env = list(container.env ?? [], `${at}.env`).map((entry) => object(entry, `${at}.env`));
  return {
    name: textAt(container.name, `${at}.name`),
    image: textAt(container.image, `${at}.image`),
    argv,
    env: Object.fromEntries(
      env.map((entry) => [textAt(entry.name, 'env name'), textAt(entry.value ?? '', 'env value')]),
    ),
  };
}

/**
 * common.go applyDefaults: without `metadata.uid` the UID is the md5 of the decoded, defaulted pod and the file's path. With one,
 * the UID is that, and since Kubernetes 1.31 only a changed name or image restarts a container.
 */
function identity(pod: Json, metadata: Json, spec: Json, file: string): string {
  const containers = list(spec.containers, 'containers').map((c) => object(c, 'container'));
  if (typeof metadata.uid === 'string' && metadata.uid !== '')
    return `${metadata.uid} ${containers.map((c) => `${String(c.name)}=${String(c.image)}`).join(' ')}`;
  const defaulted = {
    ...pod,
    metadata: { ...metadata, namespace: metadata.namespace ?? 'default' },
    spec: {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      ...spec,
      containers: containers.map((c) => ({
        imagePullPolicy: 'IfNotPresent',
        terminationMessagePolicy: 'File',
        ...c,
      })),
    },
  };
  return createHash('md5')
    .update(JSON.stringify(sorted(defaulted)))
    .update(file)
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function object(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${at}: expected a map`);
  return value as Json;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${at}: expected a list`);
  return value;
}

function textAt(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new Error(`${at}: expected a string, got ${typeof value}`);
  return value;
}
