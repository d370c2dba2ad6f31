import { describe, expect, it } from 'vitest';
import { duplicatePods, podKey } from '../../../../../src/kinds/manifest/pod/pod-key.ts';
import { ABSENT } from '../../../../../src/model/file-image.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import { fixture, imageOf, textOf } from '../manifest-rig.ts';

const etcd = fixture('kubeadm-etcd.yaml');
const text = textOf(etcd);
const JSON_ETCD = '{"kind": "Pod", "metadata": {"name": "etcd", "namespace": "kube-system"}}';

function utf16(content: string): FileImage {
  const bytes = new Uint8Array(Buffer.from(`\uFEFF${content}`, 'utf16le'));
  return { exists: true, bytes, mode: 0o600 };
}

describe('the pod of a file', () => {
  it('is namespace and name, with the default namespace of the kubelet', () => {
    expect(podKey(etcd)).toBe('kube-system/etcd');
    expect(podKey(fixture('json.json'))).toBe('kube-system/kube-proxy');
    expect(podKey(fixture('two-items-and-bare.yaml'))).toBe('default/etcd');
    for (const name of ['explicit-uid', 'duplicate-key', 'two-documents', 'merge-key', 'utf-16'])
      expect(podKey(fixture(`refused/${name}.yaml`))).toBe('default/x');
    for (const image of [ABSENT, fixture('refused/not-a-pod.yaml'), imageOf('x: [')])
      expect(podKey(image)).toBeNull();
  });
});

describe('two files with one pod', () => {
  const NAME = '/m/etcd.yaml';
  const found = (path: string, image: FileImage) =>
    duplicatePods([
      { path: NAME, image: etcd },
      { path: '/m/other.yaml', image: fixture('json.json') },
      { path, image },
    ]);

  const same: readonly [string, string, FileImage][] = [
    ['any extension', '/m/etcd.yaml.bak', etcd],
    ['no extension', '/m/4913', etcd],
    ['capitals', '/m/ETCD.YAML', etcd],
    ['the name of an editor', '/m/etcd.yaml~', etcd],
    ['JSON', '/m/e.json', imageOf(JSON_ETCD)],
    ['UTF-16', '/m/e', utf16(text)],
    ['line ends that only YAML 1.1 knows', '/m/e', imageOf(text.replaceAll('\n', '\u2028'))],
    ['carriage returns alone', '/m/e', imageOf(text.replaceAll('\n', '\r'))],
    ['a key given twice', '/m/e', imageOf(`${text}kind: Pod\n`)],
    ['a second document', '/m/e', imageOf(`${text}---\nkind: Deployment\n`)],
    ['a broken second document', '/m/e', imageOf(`${text}---\nx: [\n`)],
    ['more than a mebibyte', '/m/e', imageOf(`${text}# ${'x'.repeat(2 ** 20)}\n`)],
    ['a number that Go alone knows', '/m/e', imageOf(text.replace('- etcd\n', '- 0o7\n'))],
  ];

  it.each(same)('is found with %s', (_name, path, image) => {
    expect(found(path, image)).toEqual([
      { key: 'kube-system/etcd', paths: [NAME, path].toSorted(), sure: 'yes' },
    ]);
  });

  const none: readonly [string, string, FileImage][] = [
    ['a dot in front', '/m/.etcd.yaml', etcd],
    ['another namespace', '/m/e', imageOf(text.replace('kube-system', 'default'))],
    ['another kind', '/m/e', imageOf(text.replace('kind: Pod', 'kind: PodTemplate'))],
    ['the pod in the second document', '/m/e', imageOf(`x: 1\n---\n${text}`)],
    ['more than ten mebibytes', '/m/e', imageOf(`${text}# ${'x'.repeat(10 * 2 ** 20)}\n`)],
    ['what is no YAML at all', '/m/notes.txt', imageOf('etcd: {\n the pod name: etcd\n')],
    ['an unreadable other pod', '/m/e', imageOf('kind: Pod\nmetadata: {name: etcd-2\n')],
    ['nothing', '/m/e', imageOf('')],
  ];

  it.each(none)('is not found with %s', (_name, path, image) => {
    expect(found(path, image)).toEqual([]);
  });

  const perhaps: readonly [string, string][] = [
    ['a file that was cut off', JSON_ETCD.slice(0, -1)],
    ['a template', `${text}{{ range }}\n`],
    ['a tab', text.replace('    - etcd\n', '\t- etcd\n')],
    ['a directive', `%YAML 1.3\n---\n${text}x: [`],
  ];

  it.each(perhaps)('is suspected with %s', (_name, content) => {
    expect(found('/m/copy', imageOf(content))).toEqual([
      { key: 'kube-system/etcd', paths: [NAME, '/m/copy'], sure: 'maybe' },
    ]);
  });
});
