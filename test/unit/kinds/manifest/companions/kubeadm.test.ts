import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { kubeadmPart } from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-part.ts';
import type { KubeadmPart } from '../../../../../src/kinds/manifest/companions/kubeadm/part-types.ts';
import {
  apiFor,
  kubeadmText,
  repeatedArguments,
} from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-text.ts';
import {
  elements,
  fixture,
  good,
  imageOf,
  kind,
  PATH,
  specOf,
  textOf,
  value,
} from '../manifest-rig.ts';
import { mountSpec } from '../mounts/mounts-rig.ts';
import { applied, podOf, wants } from './companion-rig.ts';

const API = fixture('kubeadm-kube-apiserver.yaml');
const ETCD = fixture('kubeadm-etcd.yaml');

function partOf(spec: ReturnType<typeof wants>, image: typeof API): KubeadmPart {
  const { after, back } = applied(spec, image);
  const found = kubeadmPart(spec, after, (key) => {
    const edit = back.find((one) => one.op === 'restore' && one.key === key);
    return edit?.op === 'restore' ? edit.before : undefined;
  });
  if ('leftOut' in found) throw new Error(found.leftOut);
  return found.part;
}

const none = (image: typeof API) => kubeadmPart(wants({ v: '4' }), image, () => undefined);

describe('what kubeadm has to be told', () => {
  it('is a list of arguments in v1beta4, with values that stay text', () => {
    const parts = [
      partOf(wants({ profiling: 'false', 'audit-log-maxage': '30' }), API),
      partOf(wants({ 'snapshot-count': '5000' }), ETCD),
    ];
    expect(parse(kubeadmText(parts, 'v1beta4', []))).toEqual({
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      kind: 'ClusterConfiguration',
      apiServer: {
        extraArgs: [
          { name: 'audit-log-maxage', value: '30' },
          { name: 'profiling', value: 'false' },
        ],
      },
      etcd: { local: { extraArgs: [{ name: 'snapshot-count', value: '5000' }] } },
    });
  });

  it('is a map in v1beta3, which images before 1.31 get', () => {
    const part = partOf(wants({ profiling: 'yes' }), API);
    expect(parse(kubeadmText([part], 'v1beta3', []))).toMatchObject({
      apiServer: { extraArgs: { profiling: 'yes' } },
    });
    expect(kubeadmText([part], 'v1beta3', [])).toContain('profiling: "yes"');
    expect(apiFor([part])).toBe('v1beta4');
    const old = imageOf(textOf(API).replace(/v1\.\d+\.\d+/, 'v1.30.9'));
    expect(apiFor([part, partOf(wants({ profiling: 'false' }), old)])).toBe('v1beta3');
    const first = imageOf(textOf(API).replace(/v1\.\d+\.\d+/, 'v1.31.0'));
    expect(apiFor([partOf(wants({ profiling: 'false' }), first)])).toBe('v1beta4');
  });

  it('removes a list that its plan has emptied', () => {
    const spec = specOf({ 'enable-admission-plugins': elements([], ['NodeRestriction']) });
    const { removed, args } = partOf(spec, API);
    expect(args).toEqual([]);
    expect(removed.map(({ text }) => text)).toEqual(['--enable-admission-plugins=NodeRestriction']);
    expect(kubeadmText([partOf(spec, API)], 'v1beta4', [])).toContain('op: remove');
  });

  it('has the whole value where a plan declares elements, once for all plans', () => {
    const spec = specOf({ 'enable-admission-plugins': elements(['EventRateLimit']) });
    const parts = [partOf(spec, API), partOf(spec, API)];
    expect(kubeadmText(parts, 'v1beta4', []).match(/NodeRestriction,EventRateLimit/g)).toHaveLength(
      1,
    );
  });

  it('is a patch for a flag of kubeadm that must not be there, which tests the place first', () => {
    const [, patch] = parseAllDocuments(
      kubeadmText(
        [partOf(wants({ profiling: 'false', 'client-ca-file': null }), API)],
        'v1beta4',
        [],
      ),
    );
    const steps = patch?.toJS() as { op: string; path: string; value?: string }[];
    expect(steps.map(({ op }) => op)).toEqual(['test', 'remove']);
    const [test] = steps;
    expect(test?.value).toBe('--client-ca-file=/etc/kubernetes/pki/ca.crt');
    const command = (parse(textOf(API)) as { spec: { containers: { command: string[] }[] } }).spec
      .containers[0]?.command;
    expect(command?.[Number(test?.path.split('/').at(-1))]).toBe(test?.value);
  });

  it('needs no patch for a flag that was not there', () => {
    expect(partOf(wants({ profiling: null }), API).removed).toEqual([]);
  });

  it('leaves out what v1beta3 cannot say, and tells it', () => {
    const args = ['a', 'b'].map((value) => ({ name: 'volume-tag', value }));
    const none = { node: [], removed: [], probes: [], mounts: [], leftOut: [] };
    const part: KubeadmPart = { component: 'etcd', minor: null, args, ...none };
    expect(repeatedArguments([part])).toEqual(['--volume-tag of etcd']);
    expect(parse(kubeadmText([part], 'v1beta3', ['x']))).toMatchObject({
      etcd: { local: { extraArgs: {} } },
    });
    expect(kubeadmText([part], 'v1beta3', ['x'])).toContain('# left out: x\n');
  });

  it('has declared mounts as extraVolumes, each once for all plans', () => {
    const spec = mountSpec(
      [
        { path: '/etc/kubernetes/audit', type: 'DirectoryOrCreate', readOnly: true },
        { path: '/var/log/audit', hostPath: '/srv/audit' },
      ],
      { 'audit-log-path': value('/var/log/audit/audit.log') },
    );
    const text = kubeadmText([partOf(spec, API), partOf(spec, API)], 'v1beta4', []);
    expect(parse(text)).toMatchObject({
      apiServer: {
        extraArgs: [{ name: 'audit-log-path' }],
        extraVolumes: [
          {
            name: 'etc-kubernetes-audit',
            hostPath: '/etc/kubernetes/audit',
            mountPath: '/etc/kubernetes/audit',
            readOnly: true,
            pathType: 'DirectoryOrCreate',
          },
          { name: 'srv-audit', hostPath: '/srv/audit', mountPath: '/var/log/audit' },
        ],
      },
    });
    expect(text.match(/name: srv-audit/g)).toHaveLength(1);
    expect(text.match(/pathType/g)).toHaveLength(1);
  });

  it('names a mount of its own where its volume has others, of which kubeadm would keep one', () => {
    const pki = { path: '/mnt/pki', hostPath: '/etc/kubernetes/pki', readOnly: true };
    const logs = ['/var/log/a', '/var/log/b'].map((path) => ({ path, hostPath: '/srv/logs' }));
    const text = kubeadmText([partOf(mountSpec([pki, ...logs]), API)], 'v1beta4', []);
    const { apiServer } = parse(text) as { apiServer: { extraVolumes: { name: string }[] } };
    expect(apiServer.extraVolumes.map(({ name }) => name)).toEqual([
      'mnt-pki',
      'var-log-a',
      'var-log-b',
    ]);
  });

  it('keeps the name of a mount of kubeadm that a plan adopts', () => {
    const adopted = mountSpec([{ path: '/etc/kubernetes/pki', readOnly: true }]);
    expect(parse(kubeadmText([partOf(adopted, API)], 'v1beta3', []))).toMatchObject({
      apiServer: { extraVolumes: [{ name: 'k8s-certs', readOnly: true }] },
    });
  });

  it('has mounts of etcd as a patch, but for those that kubeadm writes itself', () => {
    const spec = mountSpec([
      { path: '/var/lib/etcd' },
      { path: '/var/lib/wal', hostPath: '/srv/wal', type: 'DirectoryOrCreate' },
      { path: '/etc/etcd', readOnly: true },
    ]);
    const text = kubeadmText([partOf(spec, ETCD)], 'v1beta4', []);
    expect(text).toContain('# etcd0+json.yaml');
    expect(parse(text)).toEqual([
      {
        op: 'add',
        path: '/spec/volumes/-',
        value: { hostPath: { path: '/srv/wal', type: 'DirectoryOrCreate' }, name: 'srv-wal' },
      },
      {
        op: 'add',
        path: '/spec/containers/0/volumeMounts/-',
        value: { mountPath: '/var/lib/wal', name: 'srv-wal' },
      },
      {
        op: 'add',
        path: '/spec/volumes/-',
        value: { hostPath: { path: '/etc/etcd' }, name: 'etc-etcd' },
      },
      {
        op: 'add',
        path: '/spec/containers/0/volumeMounts/-',
        value: { mountPath: '/etc/etcd', name: 'etc-etcd', readOnly: true },
      },
    ]);
  });

  it('leaves out what kubeadm does not write', () => {
    expect(none(podOf({}))).toEqual({ leftOut: 'no manifest that kubeadm writes' });
    expect(none(podOf({ metadata: '  namespace: openshift-etcd\n' }))).toEqual({
      leftOut: 'openshift writes it',
    });
    expect(good(kind.desired(wants({ v: '4' }), podOf({}), PATH))).toHaveLength(1);
  });
});
