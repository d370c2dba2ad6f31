import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { elements, kind, PATH, specOf, value } from '../manifest-rig.ts';
import { judged, manifest, told } from './judging-rig.ts';

/** What is said of a component whose manifest already holds what is declared. */
function saidAsItIs(
  command: readonly string[],
  declared: Readonly<Record<string, FlagDeclaration>>,
): readonly string[] {
  const [component = ''] = command;
  const image = manifest(command, `registry.k8s.io/${component}:v1.34.2`);
  const found = kind.judge(specOf(declared), image, image, PATH, NOBODY_LOOKED);
  return found.map(({ code, severity, flag }) => `${code} ${severity} ${flag}`);
}

describe('where nothing is to be written', () => {
  it('what is excluded and in force by default is refused all the same', () => {
    const excluded = { 'authorization-mode': elements([], ['AlwaysAllow']) };
    expect(saidAsItIs(['kube-apiserver', '--v=1'], excluded)).toEqual([
      'SP2071 error authorization-mode',
    ]);
    expect(saidAsItIs(['kube-apiserver', '--authorization-mode=RBAC'], excluded)).toEqual([]);
  });

  it('what runs without being named is refused all the same', () => {
    const plugins = { 'enable-admission-plugins': elements([], ['LimitRanger']) };
    expect(saidAsItIs(['kube-apiserver', '--v=1'], plugins)).toEqual([
      'SP2070 error enable-admission-plugins',
    ]);
    const ttl = { controllers: elements([], ['ttl']) };
    expect(saidAsItIs(['kube-controller-manager', '--controllers=*'], ttl)).toEqual([
      'SP2124 error controllers',
    ]);
  });

  it('what runs with a flag is not told that it would not start', () => {
    expect(saidAsItIs(['kube-apiserver', '--no-such=1'], { 'no-such': value('1') })).toEqual([]);
    expect(saidAsItIs(['etcd', '--log-level=nope'], { 'log-level': value('nope') })).toEqual([]);
  });
});

describe('controllers under *', () => {
  const ttl = elements([], ['ttl']);

  it('run without being named: leaving one out is refused with what keeps it from running', () => {
    expect(told(judged('controllers', ttl, ['--controllers=*,ttl,x']))).toEqual([
      'SP2124 error: --controllers holds *, which runs ttl without naming it (to keep it from running declare `controllers: {include: ["-ttl"]}`)',
    ]);
    expect(told(judged('controllers', ttl))).toEqual([
      'SP2124 error: --controllers holds *, which runs ttl without naming it (to keep it from running declare `controllers: {include: ["*", "-ttl"]}`)',
    ]);
  });

  it('are in order where the list holds no *, or their name with a minus', () => {
    expect(judged('controllers', ttl, ['--controllers=a,ttl'])).toEqual([]);
    expect(judged('controllers', ttl, ['--controllers=*,-ttl,ttl'])).toEqual([]);
  });

  it('are in order where they are off by default, and where a minus is left out', () => {
    const off = elements([], ['bootstrapsigner', '-ttl']);
    expect(judged('controllers', off, ['--controllers=*,bootstrapsigner,-ttl'])).toEqual([]);
  });
});
