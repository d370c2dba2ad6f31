import { describe, expect, it } from 'vitest';
import type { FlagDeclaration } from '../../../../src/model/plan-file.ts';
import {
  codes,
  elements,
  entries,
  fixture,
  good,
  imageOf,
  kind,
  lineDiff,
  manage,
  PATH,
  release,
  restores,
  specOf,
  textOf,
  value,
} from './manifest-rig.ts';

const original = fixture('repeated-by-type.yaml');

/** The lines that a declaration changes; what it writes must come back byte by byte. */
function changed(flags: Readonly<Record<string, FlagDeclaration>>): readonly string[] {
  const step = manage(original, flags);
  expect(manage(step.image, flags).image).toBe(step.image);
  for (const known of [original, null]) {
    const edits = restores(step, known);
    expect(textOf(release(step.image, edits))).toBe(textOf(original));
    expect(textOf(release(step.image, edits.toReversed()))).toBe(textOf(original));
  }
  return lineDiff(original, step.image);
}

function refusedWith(flags: Readonly<Record<string, FlagDeclaration>>): readonly string[] {
  const desired = good(kind.desired(specOf(flags), original, PATH));
  const edits = desired.map((item) => ({ op: 'set', item }) as const);
  const edited = kind.edit(original, edits, PATH);
  return edited.ok
    ? []
    : edited.diagnostics.map(
        ({ code, message, help }) => `${code} ${message.replace(/^\S+ /, '')}; ${help}`,
      );
}

describe('a list that is given twice', () => {
  it('holds what is in any of its occurrences', () => {
    expect(changed({ 'oidc-signing-algs': elements(['RS256', 'ES512'], ['PS256']) })).toEqual([]);
  });

  it('gets new elements in its last occurrence', () => {
    expect(changed({ 'oidc-signing-algs': elements(['PS256', 'PS512']) })).toEqual([
      '-- --oidc-signing-algs=ES512   # curves',
      '+- --oidc-signing-algs=ES512,PS256,PS512   # curves',
    ]);
  });

  it('loses an element where it stands', () => {
    expect(changed({ 'oidc-signing-algs': elements(['PS256'], ['RS256']) })).toEqual([
      '-- --oidc-signing-algs=RS256,ES256',
      '-- --oidc-signing-algs=ES512   # curves',
      '+- --oidc-signing-algs=ES256',
      '+- --oidc-signing-algs=ES512,PS256   # curves',
    ]);
  });

  it('keeps its occurrences: none is emptied', () => {
    expect(refusedWith({ 'oidc-signing-algs': elements([], ['ES512']) })).toEqual([
      'SP2017 one of several --oidc-signing-algs would be left without a value; remove that item by hand, or write the flag once',
    ]);
  });

  it('is not replaced as a whole', () => {
    expect(refusedWith({ 'oidc-signing-algs': value('RS256') })).toEqual([
      'SP2017 --oidc-signing-algs is given 2 times; they add up: declare what it must hold by `include` and `exclude`, or write it once',
    ]);
  });

  it('with an element in two occurrences is refused', () => {
    const text = textOf(original).replace('=ES512', '=RS256');
    const items = good(
      kind.desired(specOf({ 'oidc-signing-algs': elements(['RS256']) }), imageOf(text), PATH),
    );
    expect(codes(kind.observe(imageOf(text), [items[0]?.key ?? ('' as never)], PATH))).toEqual([
      'SP2021',
    ]);
  });

  it('that was made one meanwhile takes out what was added, and nothing else', () => {
    const step = manage(original, { 'oidc-signing-algs': elements(['PS256']) });
    const joined = textOf(step.image)
      .replace(/ +- --oidc-signing-algs=RS256,ES256\n/, '')
      .replace('=ES512,PS256', '=RS256,ES256,ES512,PS256');
    expect(textOf(release(imageOf(joined), restores(step, null)))).toBe(
      joined.replace(',PS256', ''),
    );
  });

  it('gives nothing back into occurrences that somebody else changed', () => {
    const step = manage(original, { 'oidc-signing-algs': elements([], ['RS256']) });
    const more = textOf(step.image).replace('=ES512', '=ES512\n    - --oidc-signing-algs=PS384');
    expect(codes(kind.edit(imageOf(more), restores(step, original), PATH))).toEqual(['SP2017']);
  });
});

describe('a map that is given twice', () => {
  it('has its entries changed where they stand, new ones in its last occurrence', () => {
    const wanted = entries({ 'api/all': 'false', 'c/v1': 'true', 'a/v1': null, 'z/v1': null });
    expect(changed({ 'runtime-config': wanted })).toEqual([
      '-- --runtime-config=api/all=true,a/v1=false # first',
      '+- --runtime-config=api/all=false # first',
      "-- '--runtime-config=b/v1=true'",
      "+- '--runtime-config=b/v1=true,c/v1=true'",
    ]);
  });
});

describe('an array', () => {
  it('gets an occurrence of its own for each element', () => {
    const wanted = elements(['https://old.example.org', 'https://a', 'https://b']);
    expect(changed({ 'service-account-issuer': wanted })).toEqual([
      '+- --service-account-issuer=https://a',
      '+- --service-account-issuer=https://b',
    ]);
  });

  it('gets one where it is not given, and where it is given once', () => {
    expect(changed({ 'service-account-key-file': elements(['/a', '/b']) })).toEqual([
      '+- --service-account-key-file=/a',
      '+- --service-account-key-file=/b',
    ]);
    const once = imageOf(textOf(original).replace(/ +- "--service-account-issuer.*\n/, ''));
    const { image } = manage(once, { 'service-account-issuer': elements(['https://a']) });
    expect(lineDiff(once, image)).toEqual(['+- --service-account-issuer=https://a']);
  });

  it('loses the occurrences of what is excluded, and gets them back between what stood around them', () => {
    const both = ['https://old.example.org', 'https://new.example.org'];
    expect(changed({ 'service-account-issuer': elements([], both) })).toEqual([
      '-- --service-account-issuer=https://new.example.org   # signs',
      '-- "--service-account-issuer=https://old.example.org"',
    ]);
    expect(changed({ 'service-account-issuer': elements(['https://x'], both) })).toHaveLength(3);
  });
});

describe('a flag of which the last occurrence counts', () => {
  it.each([value('false'), elements(['x'])])('is refused with what to do (%j)', (wanted) => {
    expect(refusedWith({ profiling: wanted })).toEqual([
      'SP2017 --profiling is given 2 times; only the last one counts: remove the others by hand, they do nothing',
    ]);
  });
});

it('a repeated flag of which nothing is known is refused as before', () => {
  const image = fixture('repeated-flags.yaml');
  const [item] = good(kind.desired(specOf({ 'volume-tag': elements(['x']) }), image, PATH));
  expect(codes(kind.observe(image, [item?.key ?? ('' as never)], PATH))).toEqual(['SP2017']);
});
