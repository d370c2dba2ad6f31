import { describe, expect, it } from 'vitest';
import { elements, entries, manage, textOf } from '../manifest-rig.ts';
import { judged, manifest, told } from './judging-rig.ts';

const TYPES = 'kubelet-preferred-address-types';

describe('what is excluded, and the flag is not given', () => {
  it('is refused where the default holds it, with what is left of the default', () => {
    expect(told(judged(TYPES, elements([], ['InternalDNS', 'X'])))).toEqual([
      `SP2071 error: --${TYPES} is not given, and its default Hostname,InternalDNS,InternalIP holds what is excluded (declare what is left: \`include: [Hostname, InternalIP]\`)`,
    ]);
    expect(told(judged('system-reserved', entries({ memory: null })))).toEqual([
      'SP2071 error: --system-reserved is not given, and its default cpu=1,memory=1Gi holds what is excluded (declare what is left: `entries: {cpu: 1}`)',
    ]);
  });

  it('is refused where it is all of the default', () => {
    expect(told(judged('controllers', elements([], ['*'])))).toEqual([
      'SP2071 error: --controllers is not given, and its default * holds what is excluded (nothing of the default is left: include what is meant instead)',
    ]);
  });

  it('is in order where the default does not hold it', () => {
    expect(judged(TYPES, elements([], ['X']))).toEqual([]);
    expect(judged('enable-admission-plugins', elements([], ['AlwaysAdmit']))).toEqual([]);
  });

  it('is refused where the component fills it in, which its default does not show', () => {
    const exclude = elements([], ['AlwaysAllow']);
    expect(told(judged('authorization-mode', exclude))).toEqual([
      'SP2071 error: --authorization-mode is not given, and its default AlwaysAllow holds what is excluded (nothing of the default is left: include what is meant instead)',
    ]);
    expect(judged('authorization-mode', exclude, ['--authorization-config=/a'])).toEqual([]);
  });

  it('is refused where the component chooses by itself', () => {
    const exclude = elements([], ['TLS_RSA_WITH_AES_128_CBC_SHA']);
    expect(told(judged('tls-cipher-suites', exclude))).toEqual([
      'SP2071 error: --tls-cipher-suites is not given: kube-apiserver 1.34 then chooses by itself, and may choose TLS_RSA_WITH_AES_128_CBC_SHA (name what is meant: `tls-cipher-suites: {include: […]}`)',
    ]);
    expect(judged('tls-cipher-suites', exclude, ['--tls-cipher-suites=A'])).toEqual([]);
  });
});

describe('a list that exclude empties', () => {
  it('goes from the command line, with its item', () => {
    const before = manifest(['kube-apiserver', '--v=1', `--${TYPES}=A,B`]);
    const { image } = manage(before, { [TYPES]: elements([], ['B', 'A']) });
    expect(textOf(image)).toBe(textOf(manifest(['kube-apiserver', '--v=1'])));
  });

  it('is refused where the default then holds what was excluded', () => {
    expect(told(judged('controllers', elements([], ['*']), ['--controllers=*']))).toEqual([
      'SP2071 error: --controllers would be left without a value and go, and its default * holds what is excluded (nothing of the default is left: include what is meant instead)',
    ]);
  });

  it('is warned of where another default holds again', () => {
    expect(told(judged(TYPES, elements([], ['X']), [`--${TYPES}=X`]))).toEqual([
      `SP2073 warning: --${TYPES} would be left without a value and go: its default Hostname,InternalDNS,InternalIP holds again`,
    ]);
  });

  it('is in order where there is no default', () => {
    const exclude = elements([], ['A']);
    expect(judged('api-audiences', exclude, ['--api-audiences=A'])).toEqual([]);
  });
});

describe('what is included, and the flag is not given', () => {
  it('is refused where it would replace a default, with the whole list', () => {
    expect(told(judged('controllers', elements(['bootstrapsigner'])))).toEqual([
      'SP2072 error: --controllers is not given so far: what is included would replace its default * (to keep it declare `include: ["*", bootstrapsigner]`; to lose it name it under exclude)',
    ]);
    expect(told(judged('system-reserved', entries({ cpu: '2', pid: '9' })))).toEqual([
      'SP2072 error: --system-reserved is not given so far: what is included would replace its default cpu=1,memory=1Gi (to keep it declare `entries: {memory: 1Gi, cpu: 2, pid: 9}`; to lose it name it under exclude)',
    ]);
  });

  it('is in order where the plan names every element of the default', () => {
    expect(judged('controllers', elements(['*', 'bootstrapsigner']))).toEqual([]);
    expect(judged('controllers', elements(['bootstrapsigner'], ['*']))).toEqual([]);
    expect(judged('authorization-mode', elements(['Node', 'RBAC'], ['AlwaysAllow']))).toEqual([]);
    expect(judged('system-reserved', entries({ cpu: '2', memory: null }))).toEqual([]);
  });

  it('is in order where there is no default, or the flag is given', () => {
    expect(judged('enable-admission-plugins', elements(['NodeRestriction']))).toEqual([]);
    expect(judged('controllers', elements(['a']), ['--controllers=*'])).toEqual([]);
    expect(judged('audit-log-path', elements(['a']))).toEqual([]);
  });
});
