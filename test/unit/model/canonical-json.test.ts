import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf, sha256 } from '../../../src/model/canonical-json.ts';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe('canonical JSON', () => {
  it('does not depend on the order of keys and reads back as the same value', () => {
    assert(
      property(jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('has sorted keys, no white space, and leaves undefined out', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: undefined, B: true })).toBe(
      '{"B":true,"b":[1,{"c":"é","d":null}]}',
    );
  });

  it('refuses what JSON would silently change', () => {
    for (const value of [
      Number.NaN,
      Infinity,
      1n,
      new Uint8Array(1),
      new Map(),
      () => 1,
      undefined,
    ]) {
      expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
    }
  });

  it('digests are those of the bytes', () => {
    expect(sha256(new Uint8Array())).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/);
    expect(digestOf({})).toBe(`sha256:${sha256(Buffer.from('{}'))}`);
  });
});
