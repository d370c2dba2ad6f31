import { describe, expect, it } from 'vitest';
import { decodePod } from '../../static-pod-runner/decode-pod.ts';

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

function identity(text: string, file = '/m/demo.yaml'): string {
  return decodePod(text, file).identity;
}

describe('identity of a static pod', () => {
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
    ['an explicit default', manifest.replace('spec:', 'spec:\n  restartPolicy: Always')],
    ['CRLF line ends', manifest.replaceAll('\n', '\r\n')],
    ['a second document', `${manifest}---\na: 1\n`],
  ])('does not change with %s', (_, text) => {
    expect(identity(text)).toBe(identity(manifest));
  });

  it.each([
    ['another flag value', manifest.replace('--a=1', '--a=3')],
    ['another flag order', manifest.replace('- --a=1\n    - --b=2', '- --b=2\n    - --a=1')],
    ['an added annotation', manifest.replace('metadata:', 'metadata:\n  annotations: {x: y}')],
  ])('changes with %s', (_, text) => {
    expect(identity(text)).not.toBe(identity(manifest));
  });

  it('depends on the file name', () => {
    expect(identity(manifest, '/m/other.yaml')).not.toBe(identity(manifest));
  });

  it('with a fixed uid ignores flags and follows the image', () => {
    const fixed = manifest.replace('metadata:', 'metadata:\n  uid: "1-2-3"');
    expect(identity(fixed.replace('--a=1', '--a=3'))).toBe(identity(fixed));
    expect(identity(fixed.replace('demo:1', 'demo:2'))).not.toBe(identity(fixed));
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
