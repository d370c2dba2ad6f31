import { describe, expect, it } from 'vitest';
import {
  absent,
  codes,
  elements,
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

const original = fixture('two-items.yaml');

describe('a flag whose value is the next item', () => {
  it('gets another value in the line of the value, quoted where YAML would take it for more', () => {
    const flags = {
      'etcd-servers': value('http://127.0.0.1:2380'),
      'audit-log-maxage': value('30'),
      'secure-port': value('7443'),
      'audit-log-path': value('yes'),
      'event-ttl': value("it's"),
    };
    const step = manage(original, flags);
    expect(lineDiff(original, step.image)).toEqual([
      '-- http://127.0.0.1:2379  # this one',
      '+- http://127.0.0.1:2380  # this one',
      "-- '1h0m0s'",
      "+- 'it''s'",
      '-- "-1"',
      '+- "30"',
      '-- |-',
      '-6443',
      '+- "7443"',
      '--   /var/log/audit.log',
      '+-   "yes"',
    ]);
    expect(manage(step.image, flags).image).toBe(step.image);
    expect(textOf(release(step.image, restores(step, null)))).toBe(textOf(original));
  });

  it('goes with its value, and what it took as its value is no flag', () => {
    const step = manage(original, { 'etcd-prefix': absent, profiling: absent, v: absent });
    expect(lineDiff(original, step.image)).toEqual([
      '-- --profiling',
      '-- --etcd-prefix',
      '-- --profiling=false',
      '-- -v',
      '-- "2"',
    ]);
    expect(textOf(release(step.image, restores(step, null)))).toBe(textOf(original));
  });

  it('is edited part by part where it is given several times', () => {
    const flags = {
      'service-account-issuer': elements(
        ['https://third.example.org'],
        ['https://old.example.org'],
      ),
      'oidc-signing-algs': elements(['PS256'], ['ES256']),
    };
    const step = manage(original, flags);
    expect(lineDiff(original, step.image)).toEqual([
      '-- --service-account-issuer',
      '-- https://old.example.org',
      '-- ES256,ES512',
      '+- ES512,PS256',
      '+- --service-account-issuer=https://third.example.org',
    ]);
    expect(manage(step.image, flags).image).toBe(step.image);
    expect(textOf(release(step.image, restores(step, original)))).toBe(textOf(original));
  });

  it('stays whole when a flag is put back beside it that was removed while it was one item', () => {
    const text = textOf(original);
    const joined = imageOf(text.replace('--audit-log-maxage\n    - "-1"', '--audit-log-maxage=-1'));
    const step = manage(joined, { 'etcd-prefix': absent });
    const apart = textOf(step.image).replace(
      '--audit-log-maxage=-1',
      '--audit-log-maxage\n    - "-1"',
    );
    expect(textOf(release(imageOf(apart), restores(step, null)))).toBe(text);
  });

  it('gets its old value back in the form that it has by then', () => {
    const step = manage(original, { 'audit-log-maxage': value('30') });
    const now = textOf(step.image).replace(
      '--audit-log-maxage\n    - "30"',
      '--audit-log-maxage=30',
    );
    const back = textOf(release(imageOf(now), restores(step, null)));
    expect(back).toBe(now.replace('maxage=30', 'maxage=-1'));
    const one = manage(imageOf(back), { 'audit-log-maxage': value('7') });
    const two = textOf(one.image).replace('--audit-log-maxage=7', '--audit-log-maxage\n    - "7"');
    expect(textOf(release(imageOf(two), restores(one, null)))).toBe(textOf(original));
  });

  it('is put back as one item where its two lines have no place any more', () => {
    const step = manage(original, { v: absent });
    const deeper = textOf(step.image)
      .replace(/^ {4}- /gm, '      - ')
      .replace('      6443', '        6443');
    expect(textOf(release(imageOf(deeper), restores(step, null)))).toContain('\n      - -v=2\n');
  });
});

describe('an array flag whose elements hold commas', () => {
  const image = fixture('commas-in-arrays.yaml');

  it('is edited element by element, and given back', () => {
    const flags = {
      'tls-sni-cert-key': elements(['/pki/c.crt,/pki/c.key'], ['/pki/a.crt,/pki/a.key']),
    };
    const step = manage(image, flags);
    expect(lineDiff(image, step.image)).toEqual([
      '-- --tls-sni-cert-key=/pki/a.crt,/pki/a.key   # a',
      '+- --tls-sni-cert-key=/pki/c.crt,/pki/c.key',
    ]);
    expect(manage(step.image, flags).image).toBe(step.image);
    expect(textOf(release(step.image, restores(step, null)))).toBe(textOf(image));
  });

  it('takes no comma where the type is not known, nor where it is a list', () => {
    const parts = elements(['a,b']);
    for (const flag of ['etcd-servers', 'not-a-flag-of-it']) {
      expect(codes(kind.desired(specOf({ [flag]: parts }), image, PATH))).toEqual(['SP2019']);
    }
    expect(good(kind.desired(specOf({ 'tls-sni-cert-key': parts }), image, PATH))).toHaveLength(1);
  });
});
