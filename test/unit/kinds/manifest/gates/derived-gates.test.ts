import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import { ABSENT } from '../../../../../src/model/file-image.ts';
import {
  absent,
  fixture,
  imageOf,
  kind,
  manage,
  PATH,
  specOf,
  textOf,
  value,
} from '../manifest-rig.ts';

const strict = { ...specOf({}), restartProof: 'strict' as const };

/** A scheduler without probes. */
function withFlags(flags: readonly string[]) {
  const command = JSON.stringify(['kube-scheduler', ...flags]);
  return imageOf(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: x, command: ${command}}]}\n`,
  );
}

describe('gates that follow from a manifest', () => {
  it('proves the old process before, the new one after, and its own probes always', () => {
    const before = fixture('kubeadm-kube-scheduler.yaml');
    const after = manage(before, { 'leader-elect': absent, profiling: value('false') }).image;
    const gates = kind.derivedGates(strict, before, after, PATH);
    const old = ['kube-scheduler', '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf'];
    expect(gates).toMatchObject([
      { id: 'kube-scheduler:process:old', phases: ['before', 'revert'] },
      { id: 'kube-scheduler:process:new', phases: ['after'] },
      {
        id: 'kube-scheduler:liveness',
        phases: ['before', 'after', 'revert'],
        check: {
          kind: 'http',
          url: 'https://127.0.0.1:10259/livez',
          insecureSkipVerify: true,
          asKubelet: true,
        },
        within: 300_000,
        every: 2_000,
        timeout: 10_000,
        successes: 3,
      },
    ]);
    const [first, second] = gates.map((gate) => gate.check);
    if (first?.kind !== 'process' || second?.kind !== 'process')
      throw new Error('no process gates');
    expect(first.argv.slice(0, 2)).toEqual(old);
    expect(first.replaces).toBeUndefined();
    expect(second.argv.at(-1)).toBe('--profiling=false');
    expect(second.replaces).toEqual(first.argv);
  });

  it('expects no restart when the decoded pod stays the same', () => {
    const before = fixture('comments.yaml');
    const after = imageOf(
      textOf(before)
        .replace('# audit', '# audit log')
        .replace('- kube-apiserver', '- "kube-apiserver"'),
    );
    expect(kind.restart(before, after)).toBe('none');
    const [, process] = kind.derivedGates(strict, before, after, PATH);
    expect(process).toMatchObject({ phases: ['after'] });
    expect(process?.check).not.toHaveProperty('replaces');
  });

  it('expects a restart for any decoded difference, and when a side cannot be read', () => {
    const before = fixture('comments.yaml');
    expect(kind.restart(before, imageOf(textOf(before).replace('maxage=30', 'maxage=31')))).toBe(
      'expected',
    );
    expect(
      kind.restart(before, imageOf(textOf(before).replace('runAsUser: 0000', 'runAsUser: 1'))),
    ).toBe('expected');
    expect(kind.restart(before, ABSENT)).toBe('expected');
    expect(kind.restart(imageOf('['), imageOf('[['))).toBe('expected');
  });

  it('has no process gates with a weak proof', () => {
    const image = fixture('kubeadm-etcd.yaml');
    const gates = kind.derivedGates(specOf({}), image, image, PATH);
    expect(gates.map((gate) => gate.id)).toEqual(['etcd:readiness', 'etcd:liveness']);
  });

  it('names a probe shared by several after the first of readiness, liveness, startup', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const gates = kind.derivedGates(specOf({}), image, image, PATH);
    expect(
      gates.map((gate) => [gate.id, gate.check.kind === 'http' ? gate.check.url : '']),
    ).toEqual([
      ['kube-apiserver:readiness', 'https://192.168.10.11:6443/readyz'],
      ['kube-apiserver:liveness', 'https://192.168.10.11:6443/livez'],
    ]);
  });

  it('splits a probe that moves between old and new', () => {
    const before = fixture('flow-list.yaml');
    const after = imageOf(textOf(before).replace('port: 2379', 'port: 2380'));
    expect(kind.derivedGates(specOf({}), before, after, PATH)).toMatchObject([
      {
        id: 'etcd:readiness:old',
        phases: ['before', 'revert'],
        check: { kind: 'tcp', host: '127.0.0.1', port: 2379 },
      },
      { id: 'etcd:readiness:new', phases: ['after'], check: { kind: 'tcp', port: 2380 } },
    ]);
  });

  it('finds named ports, keeps queries, and skips exec probes', () => {
    expect(checksOf('command-and-args.yaml', 'kube-scheduler')).toEqual([
      {
        kind: 'http',
        url: 'https://127.0.0.1:10259/healthz',
        insecureSkipVerify: true,
        asKubelet: true,
        kubeconfigIfThere: '/etc/kubernetes/admin.conf',
      },
    ]);
    expect(checksOf('json.json', 'kube-proxy')).toEqual([
      { kind: 'http', url: 'http://127.0.0.1:10256/healthz' },
    ]);
    expect(checksOf('go-runner.yaml', 'kube-apiserver')).toEqual([
      { kind: 'http', url: 'http://127.0.0.1:3990/livez?exclude=etcd' },
    ]);
  });

  it('asks as the kubelet does, without a certificate, where requests without credentials are refused', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const credentials = (flag: string) => {
      const after = imageOf(textOf(image).replace('    - kube-apiserver\n', `$&    - ${flag}\n`));
      const gates = kind.derivedGates(specOf({}), image, after, PATH);
      return gates.flatMap(({ check, phases }) =>
        check.kind === 'http' && phases.includes('after') ? [check.kubeconfigIfThere] : [],
      );
    };
    expect(credentials('--anonymous-auth=true')).toContain('/etc/kubernetes/admin.conf');
    expect(new Set(credentials('--anonymous-auth=0'))).toEqual(new Set([undefined]));
  });

  it('names pod and ports of the process, so that the runtime and the owner of the port can be asked', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const [old, now] = kind.derivedGates(strict, image, image, PATH);
    const where = {
      listens: [6443],
      container: { namespace: 'kube-system', pod: 'kube-apiserver', container: 'kube-apiserver' },
    };
    expect([old?.check, now?.check]).toMatchObject([where, where]);
    const etcd = fixture('kubeadm-etcd.yaml');
    expect(kind.derivedGates(strict, etcd, etcd, PATH)[0]?.check).toMatchObject({
      listens: [2379, 2381],
    });
  });

  it.each([
    // As pflag reads an integer; of two the last one counts, and its value may be an item of its own.
    [['--secure-port=0x2843'], [10_307]],
    [['--secure_port=10_307'], [10_307]],
    [['--secure-port=10307', '--secure-port=10308'], [10_308]],
    [['--secure-port', '10307'], [10_307]],
    [['--secure-port=0'], undefined],
    [['--secure-port=70000'], undefined],
    [
      ['--listen-metrics-urls', 'http://127.0.0.1:2381, http://10.0.0.1:2382'],
      [2381, 2382],
    ],
  ])('reads %j as a process that listens on %j', (flags, listens) => {
    const [gate] = kind.derivedGates(strict, withFlags(flags), withFlags(flags), PATH);
    expect(gate?.check.kind === 'process' ? gate.check.listens : null).toEqual(listens);
  });

  it('asks for the quorum of a cluster with several members, before the change only', () => {
    const one = fixture('kubeadm-etcd.yaml');
    const more = '$1$2,b=https://10.0.0.2:2380,c=https://10.0.0.3:2380';
    const three = imageOf(
      textOf(one)
        .replace(/(--initial-cluster=)(.*)/, more)
        .replace(
          'name: etcd-data\n  hostNetwork',
          'name: etcd-data\n    - {mountPath: /certs/, name: certs}\n  hostNetwork',
        )
        .replaceAll('=/etc/kubernetes/pki/', '=/certs/')
        .replace(
          '  volumes:',
          '  volumes:\n  - {name: certs, hostPath: {path: /etc/kubernetes/pki}}',
        ),
    );
    const quorum = (image: typeof one) =>
      kind.derivedGates(specOf({}), image, image, PATH).find(({ id }) => id.endsWith('quorum'));
    expect(quorum(one)).toBeUndefined();
    expect(quorum(three)).toMatchObject({
      id: 'etcd:etcd-quorum',
      phases: ['before'],
      check: {
        kind: 'etcd-quorum',
        ca: '/etc/kubernetes/pki/etcd/ca.crt',
        cert: '/etc/kubernetes/pki/etcd/server.crt',
        key: '/etc/kubernetes/pki/etcd/server.key',
      },
    });
    expect(quorum(three)?.check).not.toHaveProperty('spare');
    const api = fixture('kubeadm-kube-apiserver.yaml');
    expect(quorum(api)).toBeUndefined();
    const urls = 'https://10.0.0.1:2379,https://10.0.0.2:2379,https://10.0.0.3:2379';
    const stacked = imageOf(textOf(api).replace(/(--etcd-servers=).*/, `$1${urls}`));
    expect(quorum(stacked)?.check).toMatchObject({
      endpoints: urls.split(','),
      spare: 0,
      cert: '/etc/kubernetes/pki/apiserver-etcd-client.crt',
    });
  });

  it('asks only the port of a gRPC probe, nothing of an exec probe, and says so', () => {
    const image = imageOf(`apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    command: [web]
    livenessProbe: {grpc: {port: 9000}}
    readinessProbe: {exec: {command: [check]}}
`);
    expect(kind.derivedGates(specOf({}), image, image, PATH)).toMatchObject([
      { id: 'web:liveness-port', check: { kind: 'tcp', host: '127.0.0.1', port: 9000 } },
    ]);
    const told = (derivesGates: boolean) =>
      kind.judge(specOf({}), image, image, PATH, { ...NOBODY_LOOKED, derivesGates });
    expect(told(true)).toMatchObject([
      {
        code: 'SP2074',
        message: `${PATH}: the readiness probe of container web runs a command inside it: no gate asks that; add a gate of your own`,
      },
      { code: 'SP2074', message: expect.stringContaining('probe of container web is gRPC') },
    ]);
    expect(told(false)).toEqual([]);
  });

  it('expands variables as the kubelet does', () => {
    const image = fixture('variables.yaml');
    const [gate] = kind.derivedGates(strict, image, image, PATH);
    expect(gate?.check).toMatchObject({
      argv: ['web', '--data=/srv/web/data', '--price=$(BASE)', '--missing=$(NOWHERE)'],
    });
  });
});

function checksOf(name: string, container: string) {
  const image = fixture(name);
  return kind.derivedGates(specOf({}, container), image, image, PATH).map((gate) => gate.check);
}
