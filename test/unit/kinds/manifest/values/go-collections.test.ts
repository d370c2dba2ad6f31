import { describe, expect, it } from 'vitest';
import {
  parseGoList,
  parseGoMap,
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
