import { describe, expect, it } from 'vitest';
import { derivedGates } from '../../../../../src/kinds/manifest/gates/derived-gates.ts';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { ManifestSpec } from '../../../../../src/model/plan-file.ts';
import { codes, elements, fixture, imageOf, kind, PATH, specOf, textOf } from '../manifest-rig.ts';
import { applied, said, wants } from './companion-rig.ts';

const ETCD = fixture('../kubeadm/1.34/etcd.yaml');
const API = fixture('../kubeadm/1.34/kube-apiserver.yaml');

/** The container with these lines of YAML. */
function withEnv(lines: string, image = ETCD): typeof ETCD {
  return imageOf(textOf(image).replace('    imagePullPolicy', `    ${lines}\n$&`));
}

const variable = (name: string, value: string) =>
  withEnv(`env: [{name: ${name}, value: "${value}"}]`);

function told(spec: ManifestSpec, image: typeof ETCD) {
  return said(spec, image).filter(({ code }) => code === 'SP2123' || code === 'SP2099');
}

const QUOTA = { 'quota-backend-bytes': '8589934592' };

describe('a flag of etcd that its environment sets', () => {
  it.each([
    ['a value', 'env: [{name: ETCD_QUOTA_BACKEND_BYTES, value: "2147483648"}]'],
    ['an empty value', 'env: [{name: ETCD_QUOTA_BACKEND_BYTES, value: ""}]'],
    [
      'a value from elsewhere',
      'env: [{name: ETCD_QUOTA_BACKEND_BYTES, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
    ],
  ])('is refused beside %s, with the name of the variable and what to do', (_name, env) => {
    const [error, ...others] = told(wants(QUOTA), withEnv(env));
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      code: 'SP2123',
      severity: 'error',
      flag: 'quota-backend-bytes',
    });
    expect(error?.message).toContain('ETCD_QUOTA_BACKEND_BYTES');
    expect(error?.help).toContain('in one edit of the manifest by hand');
  });

  it('is refused when it stands there already: etcd does not start so', () => {
    const image = variable('ETCD_SNAPSHOT_COUNT', '1');
    expect(told(wants({ 'snapshot-count': '10000' }), image)).toHaveLength(1);
    expect(told(wants({ snapshot_count: '10000' }), image)).toHaveLength(1);
  });

  it('is not gone when the flag is not given', () => {
    const image = variable('ETCD_AUTO_COMPACTION_RETENTION', '1h');
    const [error] = told(wants({ 'auto-compaction-retention': null }), image);
    expect(error).toMatchObject({ code: 'SP2123', severity: 'error' });
    expect(error?.message).toContain('ETCD_AUTO_COMPACTION_RETENTION in env of the container sets');
    const ciphers = variable('ETCD_CIPHER_SUITES', 'TLS_RSA_WITH_AES_128_CBC_SHA');
    const without = specOf({ 'cipher-suites': elements([], ['TLS_RSA_WITH_AES_128_CBC_SHA']) });
    expect(told(without, ciphers)).toHaveLength(1);
  });

  it.each([
    ['an empty one', variable('ETCD_QUOTA_BACKEND_BYTES', ''), { 'quota-backend-bytes': null }],
    ['that of another flag', variable('ETCD_NAME', 'x'), QUOTA],
    ['a file of settings', variable('ETCD_CONFIG_FILE', '/e.yaml'), QUOTA],
    [
      'another component',
      withEnv('env: [{name: ETCD_PROFILING, value: "true"}]', API),
      { profiling: 'false' },
    ],
  ])('is judged by what etcd reads: %s', (_name, image, flags) => {
    expect(told(wants(flags), image)).toEqual([]);
  });

  it('may be set by envFrom, which is told', () => {
    const image = withEnv('envFrom: [{configMapRef: {name: etcd}}]');
    const [warning] = told(wants(QUOTA), image);
    expect(warning).toMatchObject({ code: 'SP2099', severity: 'warning' });
    expect(told(wants({ 'quota-backend-bytes': null }), image)).toHaveLength(1);
  });
});

describe('addresses that etcd has from its environment', () => {
  const moved = imageOf(
    textOf(variable('ETCD_LISTEN_METRICS_URLS', 'http://127.0.0.1:2391'))
      .replace(/ *- --listen-metrics-urls=.*\n/, '')
      .replace('containerPort: 2381', 'containerPort: 2391'),
  );

  it('are where its probes are answered, and the process listens', () => {
    const spec = wants({ 'listen-client-urls': 'https://127.0.0.1:2400' }, { probes: 'follow' });
    expect(codes(kind.desired(spec, moved, PATH))).toEqual([]);
    expect(applied(spec, moved).changed).toHaveLength(1);
    const gates = derivedGates({ ...specOf({}), restartProof: 'strict' }, moved, moved, PATH);
    const bare = imageOf(textOf(moved).replaceAll(/ {4}\w+Probe:\n(?: {6}.*\n)+/g, ''));
    expect(JSON.stringify(gates)).toContain('2391');
    const spare = derivedGates({ ...specOf({}), restartProof: 'strict' }, bare, bare, PATH);
    expect(JSON.stringify(spare)).toContain('2391');
  });

  it('that come from elsewhere are not known', () => {
    const from = 'valueFrom: {fieldRef: {fieldPath: status.podIP}}';
    const image = imageOf(
      textOf(withEnv(`env: [{name: ETCD_LISTEN_METRICS_URLS, ${from}}]`)).replace(
        / *- --listen-metrics-urls=.*\n/,
        '',
      ),
    );
    const spec = wants({ 'listen-client-urls': 'https://127.0.0.1:2400' }, { probes: 'follow' });
    expect(codes(kind.desired(spec, image, PATH))).toEqual(['SP2102']);
  });

  it('name the members of its cluster', () => {
    const cluster = 'a=https://192.0.2.1:2380,b=https://192.0.2.2:2380,c=https://192.0.2.3:2380';
    const image = imageOf(
      textOf(variable('ETCD_INITIAL_CLUSTER', cluster)).replace(/ *- --initial-cluster=.*\n/, ''),
    );
    const gates = derivedGates(specOf({}), image, image, PATH);
    expect(gates.map(({ check }) => check.kind)).toContain('etcd-quorum');
  });
});

describe('kinds', () => {
  it('judge variables where nothing is written, too', () => {
    const image = variable('ETCD_ENABLE_PPROF', 'true');
    const told = kind.judge(wants({ 'enable-pprof': null }), image, image, PATH, NOBODY_LOOKED);
    expect(told.map(({ code }) => code)).toEqual(['SP2123']);
  });
});
