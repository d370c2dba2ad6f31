import { describe, expect, it } from 'vitest';
import { decodePod } from '../../kubelet/decode-pod.ts';

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: demo
  namespace: kube-system
spec:
  containers:
  - name: demo
    image: demo:1
    command:
    - demo
    - --a=1
    - --b=2
`;

function uid(text: string, file = '/m/demo.yaml', node?: string): string {
  return decodePod(text, file, node).uid;
}

describe('the UID of a static pod', () => {
  it.each([
    ['a comment', manifest.replace('- --a=1', '# why\n    - --a=1')],
    ['quoting', manifest.replace('- --a=1', '- "--a=1"')],
    [
      'key order',
      manifest.replace(
        '  name: demo\n  namespace: kube-system',
        '  namespace: kube-system\n  name: demo',
      ),
    ],
    ['a default written out', manifest.replace('spec:', 'spec:\n  restartPolicy: Always')],
    [
      'a default of a container written out',
      manifest.replace('image: demo:1', 'image: demo:1\n    imagePullPolicy: IfNotPresent'),
    ],
    [
      'what kubeadm writes without meaning',
      `${manifest.replace('metadata:', 'metadata:\n  creationTimestamp: null')}status: {}\n`,
    ],
    ['CRLF line ends', manifest.replaceAll('\n', '\r\n')],
    ['a second document', `${manifest}---\na: 1\n`],
    ['an earlier value of the same key', manifest.replace('kind: Pod', 'kind: Job\nkind: Pod')],
  ])('does not change with %s', (_, text) => {
    expect(uid(text)).toBe(uid(manifest));
  });

  it.each([
    ['another flag value', manifest.replace('--a=1', '--a=3')],
    ['another flag order', manifest.replace('- --a=1\n    - --b=2', '- --b=2\n    - --a=1')],
    ['an added annotation', manifest.replace('metadata:', 'metadata:\n  annotations: {x: y}')],
    ['an empty list of args', manifest.replace('command:', 'args: []\n    command:')],
  ])('changes with %s', (_, text) => {
    expect(uid(text)).not.toBe(uid(manifest));
  });

  it('depends on the file name and on the node', () => {
    expect(uid(manifest, '/m/other.yaml')).not.toBe(uid(manifest));
    expect(uid(manifest, '/m/demo.yaml', 'cp-2')).not.toBe(uid(manifest));
  });

  it('is the one of the manifest, where that gives one', () => {
    const fixed = manifest.replace('metadata:', 'metadata:\n  uid: "1-2-3"');
    expect(uid(fixed)).toBe('1-2-3');
    expect(uid(fixed.replace('--a=1', '--a=3'))).toBe('1-2-3');
    expect(decodePod(fixed.replace('--a=1', '--a=3'), '/m/demo.yaml').content).not.toBe(
      decodePod(fixed, '/m/demo.yaml').content,
    );
  });
});

describe('the mounts of a container', () => {
  it('are those of host paths, and a mount of nothing is refused', () => {
    const mounted = manifest
      .replace(
        '    command:',
        '    volumeMounts: [{name: etc, mountPath: /c}, {name: tmp, mountPath: /t}]\n    command:',
      )
      .concat('  volumes: [{name: etc, hostPath: {path: /etc/c}}, {name: tmp, emptyDir: {}}]\n');
    const [container] = decodePod(mounted, '/m/demo.yaml').containers;
    expect(container?.mounts).toEqual({ '/c': '/etc/c' });
    expect(() => decodePod(mounted.replace('name: etc, host', 'name: x, host'), '/m')).toThrow(
      'etc',
    );
  });
});

describe('strict decoding', () => {
  it.each([
    ['a number in the command', manifest.replace('- --a=1', '- 30')],
    ['a boolean in the command', manifest.replace('- --a=1', '- false')],
    ['a trailing colon that makes a map', manifest.replace('--a=1', '--prefix=oidc:')],
    ['another kind', manifest.replace('kind: Pod', 'kind: Service')],
    ['a syntax error', `${manifest}\n  : [`],
    ['an empty file', ''],
  ])('refuses %s', (_, text) => {
    expect(() => decodePod(text, '/m/demo.yaml')).toThrow(/./);
  });
});
