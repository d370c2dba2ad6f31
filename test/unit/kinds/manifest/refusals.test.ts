import { describe, expect, it } from 'vitest';
import type { ItemKey } from '../../../../src/model/brand.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../../src/model/plan-file.ts';
import { ABSENT } from '../../../../src/model/file-image.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import { NOBODY_LOOKED } from '../../../../src/kinds/surroundings.ts';
import {
  absent,
  codes,
  elements,
  entries,
  fixture,
  imageOf,
  kind,
  manage,
  PATH,
  specOf,
  value,
} from './manifest-rig.ts';

describe('manifests that cannot be edited safely', () => {
  it('needs an existing manifest', () => {
    expect(codes(kind.desired(specOf({}), ABSENT, PATH))).toEqual(['SP2001']);
  });

  it('names the place of a problem', () => {
    const result = kind.desired(specOf({}), fixture('refused/number-item.yaml'), PATH);
    expect(result.ok ? null : result.diagnostics[0]?.at).toMatchObject({ line: 12, column: 7 });
  });

  it('survives nesting that would take the parser down', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000)]) {
      expect(codes(kind.desired(specOf({}), imageOf(text), PATH))).toEqual(['SP2003']);
    }
  });

  it('stops aliases that expand without end', () => {
    const bomb = `apiVersion: v1\nkind: Pod\nl0: &l0 [x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map(level).join('')}`;
    expect(codes(kind.desired(specOf({}), imageOf(bomb), PATH))).toEqual(['SP2003']);
  });
});

describe('flags that cannot be touched, in manifests that otherwise can', () => {
  const rows: readonly [string, string, Readonly<Record<string, FlagDeclaration>>, string][] = [
    [
      'two items, of an unknown version',
      'two-items-of-unknown-flags.yaml',
      { 'etcd-servers': value('http://x') },
      'SP2016',
    ],
    [
      'two items, of an unknown version, absent',
      'two-items-of-unknown-flags.yaml',
      { 'etcd-servers': absent },
      'SP2016',
    ],
    ['apart from its value', 'two-items-apart.yaml', { name: absent }, 'SP2018'],
    ['repeated', 'repeated-flags.yaml', { 'volume-tag': absent }, 'SP2017'],
    ['over several lines', 'block-scalars-kept.yaml', { script: value('x') }, 'SP2040'],
    ['text with a line end', 'block-scalars-kept.yaml', { greeting: absent }, 'SP2040'],
    ['a block scalar with a comment', 'block-scalars-kept.yaml', { motto: value('x') }, 'SP2018'],
    ['below a comment after its dash', 'block-scalars-kept.yaml', { port: value('3') }, 'SP2018'],
    ['bare, by element', 'two-items-and-bare.yaml', { debug: elements(['x']) }, 'SP2021'],
    [
      'quoted list, by element',
      'quoted-items.yaml',
      { 'client-cert-auth': elements(['x']) },
      'SP2021',
    ],
  ];

  it.each(rows)('refuses a flag that is %s', (_name, file, flags, code) => {
    const image = fixture(file);
    const desired = kind.desired(specOf(flags), image, PATH);
    if (!desired.ok) throw new Error('declaration refused');
    const keys = desired.value.map((item) => item.key);
    expect(codes(kind.observe(image, keys, PATH))).toEqual([code]);
    const edits = desired.value.map((item) => ({ op: 'set' as const, item }));
    expect(codes(kind.edit(image, edits, PATH))).toEqual([code]);
  });

  it('refuses to guess at a shorthand group', () => {
    const image = imageOf(
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: x, command: [x, -v2]}]}\n',
    );
    expect(codes(kind.observe(image, ['flags/x/v' as ItemKey], PATH))).toEqual(['SP2016']);
  });

  it.each([
    ['to give it one', 'data-dir'],
    ['to add a flag behind it', 'new-one'],
  ])('refuses a flag at the end whose value is missing: %s', (_name, flag) => {
    const image = imageOf(
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: etcd, image: "etcd:v3.5.1", command: [etcd, --data-dir]}]}\n',
    );
    const item = { key: `flags/etcd/${flag}` as ItemKey, value: '/x', label: '' };
    expect(codes(kind.edit(image, [{ op: 'set', item }], PATH))).toEqual(['SP2042']);
  });

  it('says what keeps a line break at the end, and where a comment is in the way', () => {
    const flags = ['greeting', 'motto', 'port', 'script'];
    const keys = flags.map((flag) => `flags/web/${flag}` as ItemKey);
    const observed = kind.observe(fixture('block-scalars-kept.yaml'), keys, PATH);
    const said = observed.ok ? [] : observed.diagnostics.map((one) => `${one.message} ${one.help}`);
    expect(said).toEqual([
      expect.stringContaining('write `|-` or `>-`'),
      expect.stringContaining('a comment stands behind its `>-`'),
      expect.stringContaining('it shares its lines with a comment'),
      expect.stringContaining('take the flag out of the plan file'),
    ]);
  });

  it('refuses to leave a list empty', () => {
    const image = fixture('flow-list.yaml');
    const item = { key: 'flags/etcd/log-level' as ItemKey, value: null, label: '' };
    expect(codes(kind.edit(image, [{ op: 'set', item }], PATH))).toEqual(['SP2022']);
  });

  it('refuses comments inside a flow list', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: x\n    command: [\n      x, # why\n      --a=1 ]\n';
    const item = { key: 'flags/x/a' as ItemKey, value: '2', label: '' };
    expect(codes(kind.edit(imageOf(text), [{ op: 'set', item }], PATH))).toEqual(['SP2018']);
  });
});

describe('declarations and records that make no sense', () => {
  const image = fixture('kubeadm-kube-apiserver.yaml');
  const bad: readonly [string, Readonly<Record<string, FlagDeclaration>>, string][] = [
    ['a line break', { a: value('x\ny') }, 'SP2019'],
    ['a control character', { a: value('x\u0007') }, 'SP2019'],
    ['half a surrogate pair', { a: value('x\uD83D') }, 'SP2019'],
    ['template text', { a: value('{{ x }}') }, 'SP2019'],
    ['a comma in an element', { a: elements(['x,y']) }, 'SP2019'],
    ['an empty element', { a: elements(['']) }, 'SP2019'],
    ['an equals sign in a key', { a: entries({ 'x=y': 'z' }) }, 'SP2019'],
    ['the same flag twice', { 'a-b': value('1'), a_b: value('1') }, 'SP2020'],
    ['an element in both lists', { a: elements(['x'], ['x']) }, 'SP2020'],
    ['a name with blanks', { 'a b': value('1') }, 'SP2020'],
  ];

  it.each(bad)('refuses %s', (_name, flags, code) => {
    expect(codes(kind.desired(specOf(flags), image, PATH))).toContain(code);
  });

  it('names every problem at once', () => {
    const flags = { a: value('x\n'), 'b c': value('1'), d: elements(['']) };
    expect(codes(kind.desired(specOf(flags), image, PATH))).toHaveLength(3);
  });

  it.each([
    {},
    { version: 2, item: null },
    { version: 3, item: null },
    { version: 1, item: { list: 'command' } },
    { version: 1, item: null, segment: 1 },
  ])('refuses the record %j', (before) => {
    const edit = { op: 'restore', key: 'flags/kube-apiserver/a', before, original: null } as const;
    expect(codes(kind.edit(image, [edit as never], PATH))).toEqual(['SP2024']);
  });

  it('refuses keys of another kind', () => {
    expect(codes(kind.observe(image, ['content' as ItemKey], PATH))).toEqual(['SP2024']);
  });

  it('needs a known command line for a strict restart proof, where something is written', () => {
    const argsOnly = imageOf(
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: x\n    args:\n    - --a=1\n',
    );
    expect(codes(kind.desired(strict({ a: value('1') }), argsOnly, PATH))).toEqual([]);
    expect(said2025(argsOnly, { a: value('1') })).toEqual([]);
    expect(kind.derivedGates(strict({}), argsOnly, argsOnly, PATH)).toEqual([]);
    expect(said2025(argsOnly, { a: value('2') })).toEqual(['SP2025']);
    expect(said2025(argsOnly, { a: value('2') }, 'weak')).toEqual([]);
    expect(said2025(imageOf(textWithVariable('$(POD_IP)')), { b: value('2') })).toEqual(['SP2025']);
    expect(said2025(imageOf(textWithVariable('x')), { b: value('2') })).toEqual([]);
  });
});

function said2025(
  image: FileImage,
  flags: ManifestSpec['flags'],
  restartProof: 'strict' | 'weak' = 'strict',
): readonly string[] {
  return kind
    .judge(
      { ...specOf(flags), restartProof },
      image,
      manage(image, flags).image,
      PATH,
      NOBODY_LOOKED,
    )
    .map(({ code }) => code)
    .filter((code) => code === 'SP2025');
}

function strict(flags: ManifestSpec['flags']): ManifestSpec {
  return { ...specOf(flags), restartProof: 'strict' };
}

function textWithVariable(text: string): string {
  const source = 'valueFrom: {fieldRef: {fieldPath: status.podIP}}';
  return `apiVersion: v1\nkind: Pod\nspec: {containers: [{name: x, command: [x, "--ip=${text}"], env: [{name: POD_IP, ${source}}]}]}\n`;
}

function level(n: number): string {
  return `l${n}: &l${n} [${Array(10)
    .fill(`*l${n - 1}`)
    .join(', ')}]\n`;
}
