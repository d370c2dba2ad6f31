import { describe, expect, it } from 'vitest';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import {
  fixture,
  imageOf,
  kind,
  lineDiff,
  PATH,
  release,
  restores,
  textOf,
} from '../manifest-rig.ts';
import { mounted, mountSpec, valuesIn } from './mounts-rig.ts';
import type { MountWish } from './mounts-rig.ts';

const AUDIT: MountWish = { path: '/var/log/audit', type: 'DirectoryOrCreate' };
const POLICY: MountWish = {
  path: '/etc/audit/policy.yaml',
  hostPath: '/etc/kubernetes/policy.yaml',
  type: 'File',
  readOnly: true,
  name: 'policy',
};

const HEAD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n';
const NO_LISTS = `${HEAD}  containers:\n  - command: [x]\n    name: x   # the only one\n  # the host\n  hostNetwork: true\n`;

interface Row {
  readonly name: string;
  readonly text: string;
  readonly mounts: readonly MountWish[];
  readonly lines: readonly string[];
}

const mountLines = ['+- mountPath: /var/log/audit', '+name: var-log-audit'];
const volumeLines = [
  '+- hostPath:',
  '+path: /var/log/audit',
  '+type: DirectoryOrCreate',
  '+name: var-log-audit',
];

const ROWS: readonly Row[] = [
  {
    name: 'a kubeadm manifest',
    text: textOf(fixture('kubeadm-kube-apiserver.yaml')),
    mounts: [AUDIT],
    lines: [...mountLines, ...volumeLines],
  },
  {
    name: 'a manifest without the lists',
    text: NO_LISTS,
    mounts: [AUDIT],
    lines: ['+volumeMounts:', ...mountLines, '+volumes:', ...volumeLines],
  },
  {
    name: 'a manifest without the lists that ends without a line end',
    text: NO_LISTS.trimEnd(),
    mounts: [AUDIT, POLICY],
    lines: [
      '+volumeMounts:',
      ...mountLines,
      '+- mountPath: /etc/audit/policy.yaml',
      '+name: policy',
      '+readOnly: true',
      '-hostNetwork: true',
      '+hostNetwork: true',
      '+volumes:',
      ...volumeLines,
      '+- hostPath:',
      '+path: /etc/kubernetes/policy.yaml',
      '+type: File',
      '+name: policy',
    ],
  },
  {
    name: 'indented lists with comments and dashes on lines of their own',
    text: `${HEAD}  containers:\n    - name: x\n      command:\n        - x\n      volumeMounts:   # what it sees\n        # certificates\n        -\n          mountPath: /pki # ours\n          name: pki\n        # end\n  volumes:\n    - name: pki\n      hostPath: {path: /pki}\n    # last\n`,
    mounts: [AUDIT],
    lines: [...mountLines, ...volumeLines],
  },
  {
    name: 'empty flow lists',
    text: `${HEAD}  volumes: [ ]\n  containers:\n  - command: [x]\n    name: x\n    volumeMounts: []\n`,
    mounts: [AUDIT],
    lines: [
      '-volumes: [ ]',
      '+volumes: [{hostPath: {path: /var/log/audit, type: DirectoryOrCreate}, name: var-log-audit} ]',
      '-volumeMounts: []',
      '+volumeMounts: [{mountPath: /var/log/audit, name: var-log-audit}]',
    ],
  },
  {
    name: 'JSON without the lists',
    text: '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"x","command":["x"]}]}}',
    mounts: [AUDIT],
    lines: [
      '-{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"x","command":["x"]}]}}',
      '+{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{"containers":[{"name":"x","command":["x"],"volumeMounts": [{"mountPath": "/var/log/audit", "name": "var-log-audit"}]}], "volumes": [{"hostPath": {"path": "/var/log/audit", "type": "DirectoryOrCreate"}, "name": "var-log-audit"}]}}',
    ],
  },
  {
    name: 'a volume that is there',
    text: textOf(fixture('kubeadm-kube-apiserver.yaml')),
    mounts: [{ path: '/pki', hostPath: '/etc/kubernetes/pki', readOnly: true }],
    lines: ['+- mountPath: /pki', '+name: k8s-certs', '+readOnly: true'],
  },
  {
    name: 'a mount that is there but may be written to',
    text: textOf(fixture('kubeadm-kube-apiserver.yaml')),
    mounts: [{ path: '/etc/kubernetes/pki', readOnly: false, type: 'Directory' }],
    lines: ['-readOnly: true', '+readOnly: false', '-type: DirectoryOrCreate', '+type: Directory'],
  },
  {
    name: 'a mount and a volume that say less',
    text: NO_LISTS.replace(
      '    name: x ',
      '    volumeMounts:\n    - {mountPath: /a/, name: v}\n    name: x ',
    ).concat('  volumes:\n  - name: v\n    hostPath:\n      path: /a\n'),
    mounts: [{ path: '/a', readOnly: true, type: 'Directory' }],
    lines: [
      '-- {mountPath: /a/, name: v}',
      '+- {mountPath: /a/, name: v, readOnly: true}',
      '+type: Directory',
    ],
  },
];

describe.each(ROWS)('mounts of $name', ({ text, mounts, lines }) => {
  it.each(['\n', '\r\n'])('change only their lines, once, and are given back (%j)', (eol) => {
    const original = imageOf(text.replaceAll('\n', eol));
    const step = mounted(original, mounts);
    expect(lineDiff(original, step.image)).toEqual(lines);
    expect(textOf(step.image).split(/\r?\n/).length).toBe(textOf(step.image).split(eol).length);
    expect(mounted(step.image, mounts).image).toBe(step.image);
    expect(wrongIn(step.image, mounts)).toEqual([]);
    expect(textOf(release(step.image, restores(step, null)))).toBe(textOf(original));
    expect(textOf(release(step.image, restores(step, original).toReversed()))).toBe(
      textOf(original),
    );
  });
});

/** What a plan would still show as a change, though its bytes are as they should be. */
function wrongIn(image: FileImage, mounts: readonly MountWish[]): readonly string[] {
  const { desired, live } = mounted(image, mounts);
  return desired
    .filter(({ key, value }) => !kind.same(key, live.get(key)?.value ?? null, value))
    .map(({ label }) => label);
}

describe('a mount that is there', () => {
  it('is taken over without a write, whatever type its volume has', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const step = mounted(image, [{ path: '/etc/kubernetes/pki', readOnly: true }]);
    expect(step.image).toBe(image);
    expect(release(image, restores(step, image))).toBe(image);
  });

  it('stays read-only where its plan does not say what it is to be', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const step = mounted(image, [{ path: '/etc/kubernetes/pki' }]);
    expect(step.image).toBe(image);
    const beside = mounted(image, [{ path: '/etc/kubernetes/pki' }, AUDIT]);
    expect(lineDiff(image, beside.image)).toEqual([...mountLines, ...volumeLines]);
    const moved = mounted(
      step.image,
      [{ path: '/etc/kubernetes/pki', hostPath: '/pki' }],
      {},
      true,
    );
    expect(lineDiff(image, moved.image)).toEqual([
      '-name: k8s-certs',
      '+name: pki',
      '+- hostPath:',
      '+path: /pki',
      '+name: pki',
    ]);
  });

  it('stays, with its volume, when what was added beside it goes', () => {
    const image = fixture('kubeadm-kube-apiserver.yaml');
    const pki = { path: '/pki', hostPath: '/etc/kubernetes/pki' };
    const step = mounted(image, [pki]);
    expect(textOf(release(step.image, restores(step, null)))).toBe(textOf(image));
  });

  it('follows its plan to another path of the host when it is ours, and only then', () => {
    const first = mounted(imageOf(NO_LISTS), [{ path: '/logs', hostPath: '/var/log/a' }]);
    const wanted = [{ path: '/logs', hostPath: '/var/log/b' }];
    const items = kind.desired(mountSpec(wanted), first.image, PATH);
    const edits = (items.ok ? items.value : []).map((item) => ({ op: 'set', item }) as const);
    const refused = kind.edit(first.image, edits, PATH);
    expect(refused.ok ? [] : refused.diagnostics.map(({ code }) => code)).toEqual(['SP2082']);
    const second = mounted(first.image, wanted, {}, true);
    const old = restores(first, null).filter(
      (edit) => edit.op === 'restore' && edit.key.startsWith('volumes/'),
    );
    const after = release(second.image, old);
    expect(textOf(after)).toBe(textOf(mounted(imageOf(NO_LISTS), wanted).image));
  });
});

describe('a volume', () => {
  it('stays as long as somebody else mounts it', () => {
    const step = mounted(imageOf(NO_LISTS), [AUDIT]);
    const shared = imageOf(
      textOf(step.image).replace(
        '  # the host\n',
        '  - name: other\n    volumeMounts:\n    - mountPath: /x\n      name: var-log-audit\n  # the host\n',
      ),
    );
    const back = release(shared, restores(step, null).toReversed());
    expect(textOf(back)).toContain('name: var-log-audit\n');
    expect(textOf(back)).not.toContain('mountPath: /var/log/audit');
  });

  it('is named after its path, and told apart where that name is taken or no DNS label', () => {
    const taken = imageOf(
      NO_LISTS.concat('  volumes:\n  - emptyDir: {}\n    name: var-log-audit\n'),
    );
    const names = [AUDIT, { path: '/Ünïx' }, { path: `/${'long/'.repeat(20)}x` }].map((wish) => {
      const text = textOf(mounted(taken, [wish]).image);
      return [...text.matchAll(/name: (.*)\n(?=$|[^$]*$)/g)].at(-1)?.[1] ?? '';
    });
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(names[0]).toMatch(/^var-log-audit-[0-9a-f]{8}$/);
  });
});

describe('what cannot be mounted', () => {
  const secret = `${NO_LISTS.replace('    name: x ', '    volumeMounts:\n    - {mountPath: /s, name: s}\n    - {mountPath: /h, name: h}\n    name: x ')}  volumes:\n  - {name: s, secret: {secretName: s}}\n  - {name: h, hostPath: {path: /srv}}\n`;

  it.each([
    ['a secret is mounted there', secret, { path: '/s' }, 'SP2082'],
    ['another path is mounted there', secret, { path: '/h' }, 'SP2082'],
    [
      'a folder below the path is mounted there',
      secret.replace('name: h}', 'name: h, subPath: x}'),
      { path: '/h', hostPath: '/srv' },
      'SP2082',
    ],
    [
      'a folder that the environment names is mounted there',
      secret.replace('name: h}', 'name: h, subPathExpr: $(X)}'),
      { path: '/h', hostPath: '/srv' },
      'SP2082',
    ],
    ['the name is taken', secret, { path: '/n', name: 's' }, 'SP2083'],
    ['the list has no value', `${NO_LISTS}  volumes:\n`, { path: '/n' }, 'SP2081'],
    [
      'a comment stands inside a flow list',
      `${NO_LISTS}  volumes: [\n    {name: a, emptyDir: {}}, # a\n    {name: b, emptyDir: {}}]\n`,
      { path: '/n' },
      'SP2081',
    ],
    [
      'the list is an alias',
      `${NO_LISTS}  volumes: &v\n  - {name: a, emptyDir: {}}\n`,
      { path: '/n' },
      'SP2011',
    ],
  ] as const)('%s: refused', (_name, text, wish, code) => {
    const image = imageOf(text);
    const items = kind.desired(mountSpec([wish]), image, PATH);
    const keys = (items.ok ? items.value : []).map(({ key }) => key);
    const edits = (items.ok ? items.value : []).map((item) => ({ op: 'set', item }) as const);
    const observed = kind.observe(image, keys, PATH);
    const edited = observed.ok ? kind.edit(image, edits, PATH) : observed;
    expect(edited.ok ? [] : edited.diagnostics.map((one) => one.code)).toContain(code);
  });

  it('is told as what it is', () => {
    const keys = kind.declared(mountSpec([{ path: '/s' }])).map(({ key }) => key);
    const own = keys.map((key) => key.replace('*', 'x') as typeof key);
    expect(valuesIn(imageOf(secret), own)).toEqual([null, 'volume s (secret)']);
  });
});
