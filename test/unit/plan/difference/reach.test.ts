import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { ManifestSpec, ResolvedPlan } from '../../../../src/model/plan-file.ts';
import { PlanningBench } from './planning-bench.ts';
import { APISERVER, file, manifest, planOf } from './reach-rig.ts';

const KUBEADM = readFileSync('fixtures/manifests/kubeadm-kube-apiserver.yaml', 'utf8');
const CONFIG = '/etc/kubernetes/enc/c.yaml';
const POLICY = '/etc/kubernetes/audit/policy.yaml';
const LOG = '/var/log/k/audit.log';

function bench(): PlanningBench {
  return new PlanningBench({ [APISERVER]: KUBEADM }, kindOf);
}

type Options = NonNullable<Parameters<PlanningBench['compute']>[1]>;

/** What a set is refused for, or warned of. */
function told(on: PlanningBench, plans: readonly ResolvedPlan[], options: Options = {}): string {
  const computed = on.compute(plans, options);
  const said = computed.ok
    ? computed.value.parts.flatMap(({ part }) => part.warnings)
    : computed.diagnostics;
  return said
    .map((one) => (typeof one === 'string' ? one : `${one.code} ${one.message}`))
    .filter((text) => !text.startsWith('SP2110'))
    .join('\n');
}

const SECRETS = [
  { path: '/etc/kubernetes/enc', type: 'DirectoryOrCreate', readOnly: true },
] as const;
const encrypts = (more: Partial<ManifestSpec> = {}): ManifestSpec =>
  manifest({ 'encryption-provider-config': CONFIG }, SECRETS, more);
const ACKNOWLEDGED = { irreversible: 'acknowledged' } as const;
const AUDIT = [{ path: '/etc/kubernetes/audit', type: 'DirectoryOrCreate' }] as const;
const audits = manifest({ 'audit-policy-file': POLICY }, AUDIT);

describe('a file that a flag names', () => {
  const m = encrypts(ACKNOWLEDGED);
  it.each<[string, readonly ResolvedPlan[], readonly ResolvedPlan[], Options]>([
    [
      'its resource goes',
      [planOf('a', { f: file(POLICY, 'p'), m: audits })],
      [planOf('a', { m: audits })],
      {},
    ],
    [
      'it is to be absent, after the manifest',
      [planOf('a', { f: file(POLICY, 'p'), m: audits })],
      [planOf('a', { m: audits, f: file(POLICY, null) })],
      {},
    ],
    [
      'its plan is gone',
      [planOf('p', { f: file(POLICY, 'p') }), planOf('q', { m: audits })],
      [planOf('q', { m: audits })],
      { released: ['p'] },
    ],
    [
      'only its plan is asked for',
      [planOf('p', { f: file(POLICY, 'p') }), planOf('q', { m: audits })],
      [planOf('p', { f: file(POLICY, null) }), planOf('q', {})],
      { scope: ['p'] },
    ],
    ['it holds keys', [planOf('a', { f: file(CONFIG, 'k'), m })], [planOf('a', { m })], {}],
  ])('is not deleted: %s', (_name, first, then, options) => {
    const on = bench();
    on.apply(first);
    const said = told(on, then, options);
    expect(said).toMatch(/^SP2085 .*(audit-policy-file|encryption-provider-config)/);
    expect(said).toContain('would delete');
  });

  it('goes where the flag goes with it, or names another one', () => {
    const on = bench();
    on.apply([planOf('p', { f: file(POLICY, 'p') }), planOf('q', { m: audits })]);
    expect(told(on, [], { released: ['p', 'q'] })).toBe('');
    const other = `${POLICY}2`;
    const moved = manifest({ 'audit-policy-file': other }, AUDIT);
    expect(told(on, [planOf('q', { f: file(other, 'p'), m: moved })], { released: ['p'] })).toBe(
      '',
    );
    const unchecked = { ...audits, pathCheck: 'off' } as const;
    expect(told(on, [planOf('q', { m: unchecked })], { released: ['p'] })).toBe('');
  });

  it('names who declares the flag, and where the file was declared', () => {
    const on = bench();
    on.apply([planOf('p', { f: file(POLICY, 'p') }), planOf('q', { m: audits })]);
    const refused = on.compute([
      planOf('p', { f: file(POLICY, null) }),
      planOf('q', { m: audits }),
    ]);
    const [one] = refused.ok ? [] : refused.diagnostics;
    expect(one?.message).toContain('(plan q, resource m)');
    expect(one?.message).toContain(`plan p would delete ${POLICY}`);
    expect(one?.help).toMatch(/keep the file.*another value/);
    expect(one?.at?.file).toBe('plans/p.yaml');
  });
});

const withKeys = (keys: string, more: Partial<ManifestSpec> = {}): readonly ResolvedPlan[] => [
  planOf('keys', { f: file(CONFIG, keys) }),
  planOf('enc', { m: encrypts(more) }),
];

describe('the keys of encryption at rest', () => {
  it('are not changed before somebody says that it is known; then it is said', () => {
    const on = bench();
    on.apply(withKeys('aescbc', ACKNOWLEDGED));
    expect(told(on, withKeys('identity'))).toMatch(
      `SP2120 ${APISERVER}: plan keys changes ${CONFIG}`,
    );
    expect(told(on, withKeys('identity', ACKNOWLEDGED))).toMatch(
      `SP2121 ${APISERVER}: plan keys changes`,
    );
    for (const plan of ['keys', 'enc']) {
      expect(told(on, withKeys('identity'), { acknowledged: [plan] })).toMatch('SP2121');
    }
    expect(told(on, withKeys('identity'), { acknowledged: ['other'] })).toMatch('SP2120');
  });

  it('are not given back either', () => {
    const on = new PlanningBench({ [APISERVER]: KUBEADM, [CONFIG]: 'identity' }, kindOf);
    on.apply(withKeys('aescbc', ACKNOWLEDGED));
    expect(told(on, [planOf('enc', { m: encrypts() })], { released: ['keys'] })).toMatch('SP2120');
  });
});

const mount = (path: string): ResolvedPlan =>
  planOf('p0', { m: manifest({}, [{ path, type: 'DirectoryOrCreate' }]) });

describe('a mount that a flag of another plan needs', () => {
  const logs = planOf('p1', { m: manifest({ 'audit-log-path': LOG }) });

  it('is not given back', () => {
    const on = bench();
    on.apply([mount('/var/log/k'), logs]);
    const said = told(on, [logs], { released: ['p0'] });
    expect(said).toMatch(/^SP2084 .*plan p1, resource m\) names .*under no mount/);
    expect(said).toContain('it was under /var/log/k');
    expect(told(on, [mount('/srv/x'), logs])).toMatch('SP2084');
    expect(told(on, [mount('/var/log'), logs])).toBe('');
    expect(told(on, [], { released: ['p0', 'p1'] })).toBe('');
  });

  it('nor where the flag comes in the same set', () => {
    const on = bench();
    on.apply([mount('/var/log/k')]);
    expect(told(on, [logs], { released: ['p0'] })).toMatch('SP2084');
  });

  it('nor where the flag only stands in the manifest', () => {
    const on = bench();
    on.apply([mount('/var/log/k')]);
    const text = on.files.get(APISERVER) ?? '';
    on.files.set(
      APISERVER,
      text.replace('    - --allow', `    - --audit-log-path=${LOG}\n    - --allow`),
    );
    expect(told(on, [], { released: ['p0'] })).toMatch(/^SP2084 .*--audit-log-path names/);
  });

  it('leaves a path of the image alone, which never had one', () => {
    const text = KUBEADM.replace(
      '    - --allow',
      '    - --authentication-config=/image/a\n    - --allow',
    );
    const on = new PlanningBench({ [APISERVER]: text }, kindOf);
    on.apply([mount('/var/log/k')]);
    expect(told(on, [], { released: ['p0'] })).toBe('');
  });
});
