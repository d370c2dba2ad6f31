import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { absent, kind, manage, PATH, specOf, value } from '../manifest-rig.ts';
import { manifest, told } from './judging-rig.ts';

/** What SP2096 says of declared flags beside those given. */
function conflicts(
  given: readonly string[],
  declared: Readonly<Record<string, FlagDeclaration>>,
  component = 'kube-apiserver',
): readonly string[] {
  const before = manifest([component, '--v=1', ...given], `registry.k8s.io/${component}:v1.34.2`);
  const after = manage(before, declared).image;
  const said = kind.judge(specOf(declared), before, after, PATH, NOBODY_LOOKED);
  return told(said.filter(({ code }) => code === 'SP2096')).map((text) =>
    text.replace(`${PATH}: `, ''),
  );
}

const MODES = '--authorization-mode=Node,RBAC';
const FILE = { 'authorization-config': value('/etc/kubernetes/authorization.yaml') };

describe('flags that exclude each other', () => {
  it('are refused with what to declare', () => {
    const webhook = '--authorization-webhook-version=v1';
    expect(conflicts([MODES, webhook], FILE)).toEqual([
      'SP2096 error: kube-apiserver 1.34 does not start with --authorization-config beside --authorization-mode, --authorization-webhook-version (say in the file what they say and declare `authorization-mode: null`, `authorization-webhook-version: null`, or do without the file)',
    ]);
  });

  it.each([
    ['--authorization-config=/a', { 'authorization-mode': value('RBAC') }],
    ['--authentication-config=/a', { 'oidc-issuer-url': value('https://a') }],
    ['--oidc-client-id=x', { 'authentication-config': value('/a') }],
  ])('are refused whichever the plan declares: %s', (given, declared) => {
    expect(conflicts([given], declared)).toHaveLength(1);
  });

  it('are in order alone, by turns, and where no plan declares one', () => {
    expect(conflicts([], FILE)).toEqual([]);
    expect(conflicts([MODES], { ...FILE, 'authorization-mode': absent })).toEqual([]);
    expect(conflicts([MODES, '--authorization-config=/a'], { v: value('2') })).toEqual([]);
    expect(conflicts([MODES], FILE, 'kubelet')).toEqual([]);
  });
});
