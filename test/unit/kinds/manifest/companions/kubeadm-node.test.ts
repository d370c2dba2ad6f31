import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubeadmPart } from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-part.ts';
import type { KubeadmPart } from '../../../../../src/kinds/manifest/companions/kubeadm/part-types.ts';
import { kubeadmText } from '../../../../../src/kinds/manifest/companions/kubeadm/kubeadm-text.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { absent, elements, fixture, imageOf, specOf, textOf, value } from '../manifest-rig.ts';
import { applied } from './companion-rig.ts';

type Image = ReturnType<typeof fixture>;
type Step = { readonly op: string; readonly path: string; readonly value?: string };

const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

function kubeadm(component: (typeof COMPONENTS)[number], version = '1.34'): Image {
  return fixture(`../kubeadm/${version}/${component}.yaml`);
}

function commandOf(image: Image): readonly string[] {
  const pod = parse(textOf(image)) as { spec: { containers: [{ command: string[] }] } };
  return pod.spec.containers[0].command;
}

/** As `setpoint import` declares them. */
function allOf(image: Image): Record<string, FlagDeclaration> {
  const [, ...flags] = commandOf(image);
  return Object.fromEntries(
    flags.map((text) => {
      const [name = '', ...rest] = text.replace('--', '').split('=');
      return [name, value(rest.join('='))];
    }),
  );
}

function partOf(flags: Readonly<Record<string, FlagDeclaration>>, image: Image): KubeadmPart {
  const spec = specOf(flags);
  const { after, back } = applied(spec, image);
  const found = kubeadmPart(spec, after, (key) => {
    const edit = back.find((one) => one.op === 'restore' && one.key === key);
    return edit?.op === 'restore' ? edit.before : undefined;
  });
  if ('leftOut' in found) throw new Error(found.leftOut);
  return found.part;
}

/** The patches of a part, each by its file. */
function patchesOf(part: KubeadmPart): Readonly<Record<string, readonly Step[]>> {
  return Object.fromEntries(
    kubeadmText([part], 'v1beta4', [])
      .split('---\n')
      .flatMap((text) => {
        const file = /\S+\.yaml/.exec(text)?.[0];
        return file === undefined ? [] : [[file, parse(text) as Step[]]];
      }),
  );
}

/** RFC 6902, as far as items of `command` need it. */
function patched(command: readonly string[], steps: readonly Step[]): readonly string[] {
  const items = [...command];
  for (const { op, path, value: text } of steps) {
    const last = path.split('/').at(-1);
    const index = last === '-' ? items.length : Number(last);
    if (op === 'test' && items[index] !== text) throw new Error(`${path} is no ${String(text)}`);
    if (op !== 'test')
      items.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [String(text)]));
  }
  return items;
}

describe('what kubeadm writes anyhow', () => {
  it.each(['1.27', '1.34'])('is not told to it when a plan adopts all of %s', (version) => {
    for (const component of COMPONENTS) {
      const image = kubeadm(component, version);
      const { args, node, removed, leftOut } = partOf(allOf(image), image);
      expect({ args, node, removed }).toEqual({ args: [], node: [], removed: [] });
      expect(leftOut).toHaveLength(1);
      expect(leftOut[0]).toContain('nobody changed it');
    }
  });

  it('is told to it where the manifest has it otherwise, and what it has no word of', () => {
    const image = imageOf(
      textOf(kubeadm('kube-apiserver'))
        .replace('Node,RBAC', 'Node,RBAC,Webhook')
        .replace('    - --allow-privileged', '    - --profiling=false\n$&'),
    );
    expect(partOf(allOf(image), image).args).toEqual([
      { name: 'profiling', value: 'false' },
      { name: 'authorization-mode', value: 'Node,RBAC,Webhook' },
    ]);
  });

  it('is told to it when a plan changes it', () => {
    const { args } = partOf(
      { 'snapshot-count': value('5000'), 'listen-metrics-urls': value('http://0.0.0.0:2381') },
      kubeadm('etcd'),
    );
    expect(args.map(({ name }) => name)).toEqual(['snapshot-count', 'listen-metrics-urls']);
  });
});

describe('what holds for one node', () => {
  it('is a patch of this node, which tests the place first', () => {
    const image = kubeadm('etcd');
    const metrics = 'http://127.0.0.1:2381,http://192.0.2.11:2381';
    const part = partOf(
      {
        'listen-metrics-urls': value(metrics),
        name: value('first'),
        'snapshot-count': absent,
        'election-timeout': value('2000'),
        'listen-client-http-urls': value('http://192.0.2.11:2378'),
      },
      image,
    );
    expect(part.args).toEqual([{ name: 'election-timeout', value: '2000' }]);
    const { 'etcd0+json.yaml': all = [], 'etcd1+json.yaml': own = [] } = patchesOf(part);
    expect(JSON.stringify(all)).not.toContain('192.0.2.11');
    const [binary = '', ...flags] = commandOf(image);
    // What kubeadm makes of the extraArgs.
    const rendered = [binary, ...[...flags, '--election-timeout=2000'].toSorted()];
    expect(patched(patched(rendered, all), own).slice(1)).toEqual([
      ...rendered
        .slice(1)
        .filter((item) => !item.startsWith('--snapshot-count'))
        .map((item) => item.replace(/^--name=.*/, '--name=first'))
        .map((item) => item.replace(/^(--listen-metrics-urls=).*/, `$1${metrics}`)),
      '--listen-client-http-urls=http://192.0.2.11:2378',
    ]);
  });

  it.each([
    ['kube-controller-manager', 'bind-address', '192.0.2.11', 'node'],
    ['kube-controller-manager', 'bind-address', '0.0.0.0', 'args'],
    ['kube-apiserver', 'advertise-address', '192.0.2.12', 'node'],
    ['kube-apiserver', 'etcd-servers', 'https://192.0.2.11:2379', 'node'],
    ['kube-apiserver', 'etcd-servers', 'https://192.0.2.110:2379', 'args'],
  ] as const)('%s --%s=%s is for %s', (component, flag, text, place) => {
    const part = partOf({ [flag]: value(text) }, kubeadm(component));
    expect({ args: part.args.length, node: part.node.length }).toEqual({
      args: 0,
      node: 0,
      [place]: 1,
    });
  });

  it('is taken away on this node only', () => {
    const image = kubeadm('kube-apiserver');
    const part = partOf({ 'advertise-address': absent, 'allow-privileged': absent }, image);
    const patches = patchesOf(part);
    const all = patched(commandOf(image), patches['kube-apiserver0+json.yaml'] ?? []);
    expect(all).toHaveLength(commandOf(image).length - 1);
    const left = patched(all, patches['kube-apiserver1+json.yaml'] ?? []);
    expect(left.filter((item) => /advertise|privileged/.test(item))).toEqual([]);
  });

  it('is the port of the apiserver, at which the probes of kubeadm ask', () => {
    const part = partOf({ 'secure-port': value('7443') }, kubeadm('kube-apiserver'));
    expect(part.args).toEqual([]);
    expect(part.leftOut[0]).toContain('--secure-port: kubeadm has it from localAPIEndpoint');
  });
});

describe('arguments that are given several times', () => {
  const image = kubeadm('kube-apiserver');

  it('are left out where kubeadm, which sorts them, would make another issuer sign', () => {
    const part = partOf({ 'service-account-issuer': elements(['https://aaa']) }, image);
    expect(part.args).toEqual([]);
    expect(part.leftOut[0]).toContain('--service-account-issuer: kubeadm sorts');
  });

  it('are told to it in an order that it keeps', () => {
    const part = partOf({ 'service-account-issuer': elements(['https://zzz']) }, image);
    expect(part.args.map(({ value: text }) => text)).toEqual([
      'https://kubernetes.default.svc.cluster.local',
      'https://zzz',
    ]);
    expect(part.leftOut).toEqual([]);
  });
});
