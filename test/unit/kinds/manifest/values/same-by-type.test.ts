import { describe, expect, it } from 'vitest';
import { kindOfFlag } from '../../../../../src/catalogue/flag-type.ts';
import { sameByType, sameEntry } from '../../../../../src/kinds/manifest/values/same-by-type.ts';
import type { ItemKey } from '../../../../../src/model/brand.ts';
import { kind } from '../manifest-rig.ts';

const flag = (goType: string, name = 'x') => ({ name, goType, ...kindOfFlag(goType) });

describe('equality by the type of the flag', () => {
  it.each([
    ['bool', 'true', 'T'],
    ['bool', '0', 'False'],
    ['int', '010', '8'],
    ['int64', '0x1F', '31'],
    ['uint', '1_000', '1000'],
    ['int', '+5', '5'],
    ['float32', '5', '5.0'],
    ['float64', '1e3', '1000'],
    ['duration', '60s', '1m0s'],
    ['stringSlice', 'A,B', 'B,A'],
    ['UniqueURLs', 'http://a:1,http://b:2', 'http://b:2,http://a:1'],
    ['mapStringString', 'a=1,b=2', ' b = 2,a=1'],
    ['mapStringBool', 'A=true,B=f', 'B=false,A=1'],
    ['mapStringBool', 'A=false,A=true', 'A=true'],
    ['colonSeparatedMultimapStringString', 'kube:A=true', 'kube:A=T'],
    ['stringToString', '"m,a=1,2","m,b=1"', '"m,b=1","m,a=1,2"'],
    ['string', 'same', 'same'],
    ['Level', '04', '04'],
  ])('of type %s, %s is %s', (goType, a, b) => {
    expect(sameByType(flag(goType), a, b)).toBe(true);
    expect(sameByType(flag(goType), b, a)).toBe(true);
  });

  it.each([
    ['bool', 'true', 'false'],
    ['bool', 'yes', 'true'],
    ['int', '1', 'true'],
    ['int', '08', '8'],
    ['float32', '1', '1.5'],
    ['duration', '60', '60s'],
    ['duration', '1s', 'x'],
    ['string', '1', 'true'],
    ['string', '60s', '1m'],
    ['string', 'A,B', 'B,A'],
    ['string', '010', '8'],
    ['stringSlice', 'A,B', 'A'],
    ['stringSlice', 'A,A', 'A'],
    ['stringSlice', '"A,B"', 'B,"A'],
    ['stringArray', 'A,B', 'B,A'],
    ['mapStringString', 'a=1', 'a=true'],
    ['mapStringString', 'a=1', 'b=1'],
    ['mapStringString', 'a=1', 'a=1,b=1'],
    ['mapStringString', 'a', 'b'],
    // Blanks belong to the keys.
    ['stringToString', 'a=1, b=2', 'a=1,b=2'],
  ])('of type %s, %s is not %s', (goType, a, b) => {
    expect(sameByType(flag(goType), a, b)).toBe(false);
    expect(sameByType(flag(goType), b, a)).toBe(false);
  });

  it.each([
    'authorization-mode',
    'kubelet-preferred-address-types',
    'requestheader-username-headers',
  ])('the order of --%s counts', (name) =>
    expect(sameByType(flag('stringSlice', name), 'A,B', 'B,A')).toBe(false),
  );

  it('entries are booleans where the component reads them so', () => {
    expect(sameEntry(flag('mapStringBool'), 'true', '1')).toBe(true);
    expect(sameEntry(flag('mapStringString', 'runtime-config'), 'true', '1')).toBe(true);
    expect(sameEntry(flag('mapStringString', 'node-labels'), 'true', '1')).toBe(false);
  });
});

function same(container: string, name: string, a: string, b: string): boolean {
  return kind.same(`flags/${container}/${name}` as ItemKey, a, b);
}

describe('equality in a container that is called like its component', () => {
  it('is by the type that every known version has for the flag', () => {
    expect(same('etcd', 'snapshot-count', '010', '8')).toBe(true);
    expect(same('etcd', 'name', '1', 'true')).toBe(false);
    expect(
      same('etcd', 'listen-client-urls', 'http://a:1,http://b:2', 'http://b:2,http://a:1'),
    ).toBe(true);
  });

  it('is by what the text tells in other containers, and of flags that are not known', () => {
    expect(same('x', 'name', '1', 'true')).toBe(true);
    expect(same('etcd', 'no-such-flag', '60s', '1m')).toBe(true);
  });
});
