import { describe, expect, it } from 'vitest';
import {
  parseGoList,
  parseGoMap,
  parseStringToString,
} from '../../../../../src/kinds/manifest/values/go-collections.ts';

describe('a list flag, as pflag reads one occurrence', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a,', ['a', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    ['a"b', null],
    ['"a', null],
    ['"a"b', null],
  ])('of %s is %j', (text, elements) => expect(parseGoList(text)).toEqual(elements));
});

describe('a map flag, as its component reads one occurrence', () => {
  it.each([
    ['', []],
    ['a=1', [['a', '1']]],
    [
      ' a = 1 ,,b=',
      [
        ['a', '1'],
        ['b', ''],
      ],
    ],
    ['a=1=2', [['a', '1=2']]],
    ['a=1,a=2', [['a', '2']]],
    ['a', null],
    ['a=1, ', null],
    ['"a=1"', null],
  ])('of %s is %j', (text, entries) => {
    const found = parseGoMap(text);
    expect(found === null ? null : [...found]).toEqual(entries);
  });
});

// What github.com/spf13/pflag v1.0.6 makes of them.
describe('a flag of type stringToString, as pflag reads one occurrence', () => {
  it.each<[string, Readonly<Record<string, string>> | null]>([
    ['', null],
    ['a', null],
    ['a=1', { a: '1' }],
    ["m,l='v1,v2'", { 'm,l': "'v1,v2'" }],
    ['m,l=v1,m2,l=v', null],
    ['"m,l=v1,v2","m2,l=v"', { 'm,l': 'v1,v2', 'm2,l': 'v' }],
    ['a=1, b=2', { a: '1', ' b': '2' }],
    ['a=1,,b=2', null],
    ['"a=1"', { a: '1' }],
    ['a="1",b=2', null],
    ['"a=1"x,b=2', null],
    ['a=b=c', { a: 'b=c' }],
    ['=1', { '': '1' }],
    ['a=1,b=2,', null],
    ['"a""=1",b=2', { 'a"': '1', b: '2' }],
    ['"a=1', { a: '1' }],
    ['"a=1,b=2', null],
  ])('of %s is %j', (text, entries) => {
    const found = parseStringToString(text);
    expect(found === null ? null : Object.fromEntries(found)).toEqual(entries);
  });
});
