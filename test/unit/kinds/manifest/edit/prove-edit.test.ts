import { describe, expect, it } from 'vitest';
import { readOperations } from '../../../../../src/kinds/manifest/edit/edit-operation.ts';
import { proveEdit } from '../../../../../src/kinds/manifest/edit/prove-edit.ts';
import type { ItemKey } from '../../../../../src/model/brand.ts';
import { fixture, good, PATH, textOf } from '../manifest-rig.ts';

const text = textOf(fixture('comments.yaml'));
const flow = textOf(fixture('flow-list.yaml'));

function prove(
  before: string,
  after: string,
  key: string,
  value: string | null,
): readonly string[] {
  const item = { key: key as ItemKey, value, label: '' };
  const operations = good(readOperations([{ op: 'set', item }], PATH));
  return proveEdit(before, after, operations, PATH).map((one) => `${one.code} ${one.message}`);
}

const maxAge = 'flags/kube-apiserver/audit-log-maxage';
const line = '    - --audit-log-maxage=30  # days\n';

describe('the proof of an edit', () => {
  it('accepts exactly the planned change', () => {
    expect(prove(text, text.replace('maxage=30', 'maxage=31'), maxAge, '31')).toEqual([]);
    expect(prove(text, text.replace(line, ''), maxAge, null)).toEqual([]);
  });

  const wrong: readonly [string, string, string, string | null][] = [
    ['another value', text.replace('maxage=30', 'maxage=32'), maxAge, '31'],
    ['no change at all', text, maxAge, '31'],
    [
      'another flag changed too',
      text.replace('maxage=30', 'maxage=31').replace('auth=false', 'auth=true'),
      maxAge,
      '31',
    ],
    [
      'the order of other flags',
      text.replace('maxage=30', 'maxage=31').replace('Node,RBAC', 'RBAC,Node'),
      maxAge,
      '31',
    ],
    [
      'a comment elsewhere',
      text.replace('maxage=30', 'maxage=31').replace('CIS', 'cis'),
      maxAge,
      '31',
    ],
    ['the comment on its line', text.replace('maxage=30  # days', 'maxage=31'), maxAge, '31'],
    [
      'a comment line lost',
      text.replace('maxage=30', 'maxage=31').replace('    # audit\n', ''),
      maxAge,
      '31',
    ],
    [
      'spaces elsewhere',
      text.replace('maxage=30', 'maxage=31').replace('apiserver,  tier', 'apiserver, tier'),
      maxAge,
      '31',
    ],
    [
      '0000 respelled as 0',
      text.replace('maxage=30', 'maxage=31').replace('0000', '0'),
      maxAge,
      '31',
    ],
    ['a value that YAML cuts', text.replace('maxage=30', 'maxage=31 #'), maxAge, '31 #'],
    [
      'a value that becomes a map',
      text.replace('maxage=30  # days', 'maxage=oidc:'),
      maxAge,
      'oidc:',
    ],
    [
      'the flag given twice',
      text.replace(line, line.replace('30', '31') + line.replace('30', '31')),
      maxAge,
      '31',
    ],
    ['line ends', text.replace('maxage=30', 'maxage=31').replaceAll('\n', '\r\n'), maxAge, '31'],
    ['the flag still there', text, maxAge, null],
  ];

  it.each(wrong)('refuses %s', (_name, after, key, value) => {
    expect(prove(text, after, key, value).join()).toContain('SP2023');
  });

  it('refuses a flag between another one and its value, and a value without its flag', () => {
    const two = textOf(fixture('two-items.yaml'));
    const key = 'flags/kube-apiserver/v';
    const without = two.replace('    - -v\n    - "2"\n', '');
    expect(prove(two, without, key, null)).toEqual([]);
    expect(prove(without, two, key, '2')).toEqual([]);
    const between = without.replace('    - "-1"\n', '    - --v=2\n    - "-1"\n');
    expect(prove(without, between, key, '2').join()).toContain('SP2023');
    expect(prove(two, two.replace('    - -v\n', ''), key, null).join()).toContain('SP2023');
    const taken = without.replace('    - "-1"\n', '    - "-1"\n    - -v\n');
    expect(prove(without, taken, key, '--etcd-prefix').join()).toContain(
      'another flag would get another value',
    );
  });

  it('refuses other items of a flow list respelled', () => {
    const key = 'flags/etcd/name';
    const after = flow.replace('--name=cp-1', '--name=cp-2');
    expect(prove(flow, after, key, 'cp-2')).toEqual([]);
    const respelled = after.replace("'--data-dir=/var/lib/etcd'", '"--data-dir=/var/lib/etcd"');
    expect(prove(flow, respelled, key, 'cp-2').join()).toContain('SP2023');
  });
});
