import { describe, expect, it } from 'vitest';
import { readMountOperations } from '../../../../../src/kinds/manifest/mounts/mount-operation.ts';
import { proveMounts } from '../../../../../src/kinds/manifest/mounts/prove-mounts.ts';
import { good, imageOf, PATH, textOf } from '../manifest-rig.ts';
import { mounted } from './mounts-rig.ts';

const text = `apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  containers:
  - name: x
    command: [x]
    volumeMounts:
    # certificates
    - mountPath: /pki
      name: pki # ours
    - mountPath: /kept
      name: pki
  volumes:
  - hostPath:
      path: /pki
    name: pki
`;

const wanted = [
  { path: '/pki', readOnly: true },
  { path: '/new', hostPath: '/srv' },
];
const step = mounted(imageOf(text), wanted);
const right = textOf(step.image);

function prove(after: string): string {
  const edits = step.desired.map((item) => ({ op: 'set', item }) as const);
  const operations = good(readMountOperations(edits, PATH));
  return proveMounts(text, after, operations, PATH)
    .map(({ code, message }) => `${code} ${message}`)
    .join('\n');
}

describe('the proof of an edit of mounts', () => {
  it('accepts exactly what is planned', () => {
    expect(prove(right)).toBe('');
  });

  it.each([
    ['a result that does not parse', right.replace('  volumes:', '  volumes: ['), 'not parse'],
    ['nothing done', text, '/new would not be as planned'],
    ['another path of the host', right.replace('path: /srv', 'path: /srv2'), 'not be as planned'],
    [
      'a mount that may be written to',
      right.replace('readOnly: true', 'readOnly: false'),
      '/pki would not be as planned',
    ],
    [
      'a mount that loses its volume',
      right.replace('    name: srv\n', '    name: other\n'),
      'no volume',
    ],
    ['another mount changed', right.replace('/kept', '/lost'), 'something else'],
    [
      'another key of the entry',
      right.replace('readOnly: true', 'readOnly: true\n      subPath: a'),
      'not be as planned',
    ],
    [
      'another key of the volume',
      right.replace('    name: pki\n  -', '    emptyDir: {}\n    name: pki\n  -'),
      'not be as planned',
    ],
    ['a comment lost', right.replace(' # ours', ''), 'a comment in an entry'],
    ['a comment line lost', right.replace('    # certificates\n', ''), 'bytes outside'],
    [
      'an untouched entry respelled',
      right.replace('mountPath: /kept', 'mountPath: "/kept"'),
      'other entries',
    ],
    ['spaces elsewhere', right.replace('{name: x}', '{name:  x}'), 'bytes outside'],
    ['line ends', right.replaceAll('\n', '\r\n'), 'bytes outside'],
  ])('refuses %s', (_name, after, words) => {
    expect(prove(after)).toContain('SP2023');
    expect(prove(after)).toContain(words);
  });
});
