import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { canonical, list, number, object, text } from './json-value.ts';
import type { Json } from './json-value.ts';
import { decodeContainer } from './decode-container.ts';
import type { Container } from './decode-container.ts';
import { withDefaults } from './pod-defaults.ts';

export interface Pod {
  /** `namespace/name`: the store's key, so two files of the same pod shadow each other. */
  readonly key: string;
  readonly file: string;
  readonly containers: readonly Container[];
  /** Another UID is another pod: the old one is ended, this one started. Also its annotation `kubernetes.io/config.hash`. */
  readonly uid: string;
  /** Digest of everything that is decoded: what the same UID may be updated by. */
  readonly content: string;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number;
  /** As `/pods` shows it: decoded, with defaults. */
  readonly manifest: Json;
}

/**
 * Decodes one manifest the way the kubelet does (common.go tryDecodeSinglePod): YAML to JSON, first document only, strictly
 * typed, defaulted. Throws an Error that says what is wrong. Deliberately shares nothing with the product's own decoder.
 */
export function decodePod(yaml: string, file: string, nodeName = 'node'): Pod {
  const [document] = parseAllDocuments(yaml, { version: '1.1', uniqueKeys: false });
  if (document === undefined || !('contents' in document)) throw new Error('empty manifest');
  if (document.errors.length > 0) throw new Error(document.errors[0]?.message ?? 'not YAML');
  const pod = object(document.toJS(), 'manifest');
  if (pod['kind'] !== 'Pod' || pod['apiVersion'] !== 'v1') throw new Error('not a v1 Pod');
  const metadata = object(pod['metadata'], 'metadata');
  const spec = object(pod['spec'], 'spec');
  const volumes = spec['volumes'] ?? [];
  const containers = list(spec['containers'], 'spec.containers').map((container, index) =>
    decodeContainer(container, `spec.containers[${index}]`, volumes),
  );
  if (containers.length === 0) throw new Error('spec.containers: required value');
  const name = text(metadata['name'], 'metadata.name');
  const namespace = text(metadata['namespace'] ?? 'default', 'metadata.namespace');
  const grace = number(spec['terminationGracePeriodSeconds'] ?? 30, 'grace');
  const manifest = withDefaults(pod);
  const content = createHash('md5')
    .update(`host:${nodeName}`)
    .update(`file:${file}`)
    .update(JSON.stringify(canonical(manifest)))
    .digest('hex');
  return {
    key: `${namespace}/${name}`,
    file,
    containers,
    // common.go applyDefaults: a manifest without a UID of its own gets the digest of itself, the node and its path.
    uid: text(metadata['uid'] ?? '', 'metadata.uid') || content,
    content,
    grace: grace * 1000,
    manifest,
  };
}
