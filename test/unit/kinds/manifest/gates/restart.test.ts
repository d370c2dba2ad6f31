import { describe, expect, it } from 'vitest';
import { decodeAsKubelet } from '../../../../../src/kinds/manifest/pod/parse-pod.ts';
import { samePod } from '../../../../../src/kinds/manifest/identity/same-pod.ts';
import { fixture, imageOf, kind, PATH, specOf, textOf } from '../manifest-rig.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: kube-system}
spec:
  hostNetwork: true
  containers:
  - name: web
    image: registry.example:5000/web:v1
    command: [web, --a=1]
    ports: [{containerPort: 80}]
    resources: {limits: {cpu: 100m, memory: 1Gi}, requests: {cpu: 50m}}
    livenessProbe: {httpGet: {port: 80}}
    env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
    volumeMounts: [{name: a, mountPath: /a}]
  volumes:
  - {name: a, hostPath: {path: /a}}
  - {name: b}
`;

/** The pod with one text in it replaced by another. */
function changed(from: string, to: string): string {
  expect(POD).toContain(from);
  return POD.replace(from, to);
}

function restart(before: string, after: string) {
  return kind.restart(imageOf(before), imageOf(after));
}

function always(text: string): string {
  return text.replace('    ports:', '    imagePullPolicy: Always\n    ports:');
}

function labels(text: string): string {
  return changed('{name: web,', `{name: web, labels: {${text}},`);
}

describe('an edit that only writes out a default', () => {
  it.each([
    ['  hostNetwork: true', '  hostNetwork: true\n  dnsPolicy: ClusterFirst'],
    ['  hostNetwork: true', '  hostNetwork: true\n  restartPolicy: Always'],
    ['  hostNetwork: true', '  hostNetwork: true\n  schedulerName: default-scheduler'],
    ['  hostNetwork: true', '  hostNetwork: true\n  terminationGracePeriodSeconds: 30'],
    ['  hostNetwork: true', '  hostNetwork: true\n  enableServiceLinks: true'],
    ['  hostNetwork: true', '  hostNetwork: true\n  hostPID: false'],
    ['  hostNetwork: true', '  hostNetwork: true\n  securityContext: {}'],
    ['    ports:', '    imagePullPolicy: IfNotPresent\n    ports:'],
    ['    ports:', '    terminationMessagePath: /dev/termination-log\n    ports:'],
    ['    ports:', '    terminationMessagePolicy: File\n    ports:'],
    ['    ports:', '    tty: false\n    ports:'],
    ['containerPort: 80', 'containerPort: 80, protocol: TCP, hostPort: 80'],
    ['requests: {cpu: 50m}', 'requests: {cpu: 50m, memory: 1Gi}'],
    ['httpGet: {port: 80}', 'httpGet: {port: 80, path: /, scheme: HTTP}'],
    ['{httpGet: {port: 80}}', '{httpGet: {port: 80}, timeoutSeconds: 1, periodSeconds: 10}'],
    ['{httpGet: {port: 80}}', '{httpGet: {port: 80}, successThreshold: 1, failureThreshold: 3}'],
    ['fieldPath: spec.nodeName', 'fieldPath: spec.nodeName, apiVersion: v1'],
    ['mountPath: /a', 'mountPath: /a, readOnly: false'],
    ['path: /a}', 'path: /a, type: ""}'],
    ['{name: b}', '{name: b, emptyDir: {}}'],
    ['metadata: {', 'status: {}\nmetadata: {creationTimestamp: null, '],
  ])('restarts nothing: %s → %s', (from, to) => {
    expect(restart(POD, changed(from, to))).toBe('none');
    expect(restart(changed(from, to), POD)).toBe('none');
  });

  it('awaits no new process', () => {
    const before = imageOf(POD);
    const after = imageOf(changed('    ports:', '    tty: false\n    ports:'));
    const gates = kind.derivedGates({ ...specOf({}), restartProof: 'strict' }, before, after, PATH);
    const process = gates.find((gate) => gate.id === 'web:process:new');
    expect(process?.check).not.toHaveProperty('replaces');
  });
});

describe('an edit that the kubelet takes for another pod', () => {
  it.each([
    ['namespace: kube-system', 'namespace: other'],
    [', namespace: kube-system', ', namespace: kube-system, labels: {}'],
    ['    ports:', '    imagePullPolicy: Always\n    ports:'],
    ['  hostNetwork: true', '  hostNetwork: true\n  terminationGracePeriodSeconds: 0'],
    ['  hostNetwork: true', '  hostNetwork: true\n  enableServiceLinks: false'],
    ['  hostNetwork: true', '  hostNetwork: false'],
    ['containerPort: 80', 'containerPort: 80, hostPort: 81'],
    ['requests: {cpu: 50m}', 'requests: {cpu: 50m, memory: 2Gi}'],
    ['{httpGet: {port: 80}}', '{httpGet: {port: 80}, failureThreshold: 4}'],
    ['path: /a}', 'path: /a, type: Directory}'],
    ['{name: b}', '{name: b, emptyDir: {medium: Memory}}'],
    ['--a=1', '--a=2'],
  ])('is awaited: %s → %s', (from, to) => {
    expect(restart(POD, changed(from, to))).toBe('expected');
  });

  it('is one whose namespace becomes the default one: the kubelet sets that after the hash', () => {
    const none = changed(', namespace: kube-system', '');
    expect(restart(none, none.replace('name: web', 'name: web, namespace: default'))).toBe(
      'expected',
    );
  });

  it('is one that pulls always although its image has a tag, and the other way round', () => {
    const latest = changed('web:v1', 'web:latest');
    const digest = changed('web:v1', `web@sha256:${'0'.repeat(64)}`);
    expect(restart(latest, always(latest))).toBe('none');
    expect(restart(digest, always(digest))).toBe('expected');
    const bare = changed('web:v1', 'web');
    expect(restart(bare, always(bare))).toBe('none');
  });

  it('keeps a null apart from absence in a map of texts', () => {
    expect(restart(labels('a: b'), labels('a: b, c: null'))).toBe('expected');
  });
});

it('finds each fixture equal to itself and no two of them equal', () => {
  const pods = ['kubeadm-etcd.yaml', 'kubeadm-kube-apiserver.yaml', 'go-runner.yaml'].map((name) =>
    decodeAsKubelet(textOf(fixture(name))),
  );
  for (const a of pods) for (const b of pods) expect(samePod(a, b)).toBe(a === b);
});
