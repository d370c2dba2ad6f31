import { describe, expect, it } from 'vitest';
import { codes, fixture, good, imageOf, kind, lineDiff, PATH, textOf } from '../manifest-rig.ts';
import { applied, podOf, said, wants } from './companion-rig.ts';

const FOLLOW = { probes: 'follow' } as const;
const CONTROLLERS = fixture('kubeadm-kube-controller-manager.yaml');
const ETCD = fixture('kubeadm-etcd.yaml');
const API = fixture('kubeadm-kube-apiserver.yaml');

function left(spec: Parameters<typeof said>[0], image: Parameters<typeof said>[1]) {
  return said(spec, image).filter(({ code }) => code === 'SP2100');
}

describe('a change of addresses', () => {
  it('warns of the probe that it leaves behind, of where it asks and where the component will listen', () => {
    const [warning, ...others] = left(wants({ 'secure-port': '10258' }), CONTROLLERS);
    expect(others).toEqual([]);
    expect(warning?.severity).toBe('warning');
    expect(warning?.message).toContain('the liveness probe of kube-controller-manager');
    expect(warning?.message).toContain('https://127.0.0.1:10257/healthz');
    expect(warning?.message).toContain('https://127.0.0.1:10258');
    expect(warning?.message).not.toContain('\n');
  });

  it.each([
    ['all addresses', { 'bind-address': '0.0.0.0' }, 0],
    ['all IPv6 addresses', { 'bind-address': '::' }, 0],
    ['localhost', { 'bind-address': 'localhost' }, 0],
    ['another loopback address', { 'bind-address': '127.0.0.2' }, 1],
    ['one address', { 'bind-address': '10.0.0.5' }, 1],
    ['no port', { 'secure-port': '0' }, 1],
    ['the same port, written out', { 'secure-port': '10257' }, 0],
    ['another port in hexadecimal digits', { 'secure-port': '0x2843' }, 1],
    ['another port with an underscore', { 'secure-port': '10_307' }, 1],
    ['the same port in hexadecimal digits', { 'secure-port': '0x2811' }, 0],
    ['a variable', { 'bind-address': '$(IP)' }, 0],
    ['something else', { profiling: 'false' }, 0],
  ])('judges %s by what a probe to 127.0.0.1 meets', (_name, flags, warnings) => {
    expect(left(wants(flags), CONTROLLERS)).toHaveLength(warnings);
  });

  it('knows that a pod address is not the loopback, and that a tcp probe has no scheme', () => {
    const probes = '    livenessProbe: {tcpSocket: {port: 10259}}\n';
    const image = podOf({ probes });
    expect(left(wants({ 'bind-address': '127.0.0.1' }), image)).toHaveLength(1);
    expect(left(wants({ 'bind-address': '10.0.0.5' }), image)).toHaveLength(0);
  });

  it.each<[string, Parameters<typeof wants>[0], typeof ETCD, Parameters<typeof wants>[1], string]>([
    ['another port', { 'secure-port': '10258' }, CONTROLLERS, {}, 'say probes: follow'],
    ['no port', { 'secure-port': '0' }, CONTROLLERS, {}, 'nowhere: keep a port, or take the probe'],
    [
      'a certificate',
      { 'listen-metrics-urls': 'https://127.0.0.1:2381' },
      ETCD,
      {},
      'keep an address that answers it, or change the probe',
    ],
    [
      'a port that nobody knows',
      { 'listen-metrics-urls': 'http://127.0.0.1:0' },
      ETCD,
      {},
      'keep an address that answers it',
    ],
  ])('says what helps with %s', (_name, flags, image, extra, words) => {
    expect(left(wants(flags, extra), image)[0]?.message).toContain(words);
    const wanted = kind.desired(wants(flags, FOLLOW), image, PATH);
    expect(wanted.ok).toBe(words === 'say probes: follow');
  });

  it('to no port needs no more than that the probe is gone', () => {
    const image = imageOf(textOf(CONTROLLERS).replace(/ {4}livenessProbe:[^]*?(?= {4}name: )/, ''));
    expect(left(wants({ 'secure-port': '0' }), image)).toEqual([]);
    expect(applied(wants({ 'secure-port': '0' }, FOLLOW), image).changed).toHaveLength(1);
  });

  it.each([
    ['kube-apiserver', '0', true],
    ['kube-apiserver', '0x0', true],
    ['kube-apiserver', '65536', true],
    ['kube-apiserver', '1', false],
    ['kube-controller-manager', '0', false],
    ['kube-controller-manager', '-1', true],
    ['kube-scheduler', '0', false],
    ['kube-scheduler', '65536', true],
    ['etcd', '0', false],
  ])('of %s to port %s: refused %s', (component, port, isRefused) => {
    const image = podOf({ command: [component] });
    for (const extra of [{}, FOLLOW]) {
      const wanted = kind.desired(wants({ 'secure-port': port }, extra), image, PATH);
      expect(wanted.ok ? [] : codes(wanted)).toEqual(isRefused ? ['SP2119'] : []);
    }
  });

  it('says nothing of a probe that was not answered before', () => {
    const probes = '    livenessProbe: {httpGet: {port: 1234}}\n';
    expect(left(wants({ 'secure-port': '8443' }), podOf({ probes }))).toEqual([]);
  });

  it('reads the URLs of etcd, each as an address of its own', () => {
    expect(left(wants({ 'listen-metrics-urls': 'http://127.0.0.1:2391' }), ETCD)).toHaveLength(2);
    expect(left(wants({ 'listen-metrics-urls': 'https://127.0.0.1:2381' }), ETCD)).toHaveLength(2);
    const both = 'http://10.0.0.5:2381,http://127.0.0.1:2381';
    expect(left(wants({ 'listen-metrics-urls': both }), ETCD)).toEqual([]);
    expect(left(wants({ 'listen-client-urls': 'https://127.0.0.1:2400' }), ETCD)).toEqual([]);
  });

  it.each([
    ['kube-apiserver', 6443],
    ['kube-controller-manager', 10_257],
    ['kube-scheduler', 10_259],
  ])('knows where %s listens when no flag says it: %i', (component, port) => {
    const image = podOf({ command: [component], probes: probeAt(port, 'HTTPS') });
    expect(left(wants({ 'secure-port': '1234' }), image)).toHaveLength(1);
    expect(left(wants({ 'secure-port': String(port) }), image)).toEqual([]);
  });

  it.each([
    ['kube-apiserver', 'insecure-port', 'insecure-bind-address'],
    ['kube-controller-manager', 'port', 'address'],
    ['kube-scheduler', 'port', 'address'],
  ])('reads the insecure port of %s: --%s and --%s', (component, port, address) => {
    const command = [component, `--${port}=8080`];
    const image = podOf({ command, probes: probeAt(8080, 'HTTP') });
    expect(left(wants({ [port]: '8081' }), image)).toHaveLength(1);
    expect(left(wants({ [address]: '10.0.0.5' }), image)).toHaveLength(1);
    expect(left(wants({ [address]: '127.0.0.1' }), image)).toEqual([]);
  });

  it('reads the client URLs of etcd, and where it listens without', () => {
    const moved = wants({ 'listen-client-urls': 'http://127.0.0.1:2400' });
    const probes = probeAt(2379, 'HTTP');
    const given = ['etcd', '--listen-client-urls=http://127.0.0.1:2379'];
    expect(left(moved, podOf({ command: given, probes }))).toHaveLength(1);
    expect(left(moved, podOf({ command: ['etcd'], probes }))).toHaveLength(1);
    const both = wants({ 'listen-client-urls': 'http://10.0.0.5:2379,http://127.0.0.1:2379' });
    expect(left(both, podOf({ command: given, probes }))).toEqual([]);
  });

  it('knows that a probe speaks one scheme, and has no certificate for etcd', () => {
    const plain = podOf({ command: metricsOf('http'), probes: probeAt(2381, 'HTTP') });
    const tls = wants({ 'listen-metrics-urls': 'https://127.0.0.1:2381' });
    expect(left(tls, plain)).toHaveLength(1);
    const secure = podOf({ command: metricsOf('https'), probes: probeAt(2381, 'HTTPS') });
    expect(left(wants({ 'trusted-ca-file': '/ca.crt' }), secure)).toHaveLength(1);
    expect(left(wants({ 'client-cert-auth': 'true' }), secure)).toHaveLength(1);
    expect(left(wants({ 'client-cert-auth': 'false' }), secure)).toEqual([]);
  });

  it('says nothing of etcd with a configuration file, which then ignores its flags', () => {
    const command = [
      'etcd',
      '--config-file=/e.yaml',
      '--listen-metrics-urls=http://127.0.0.1:2381',
    ];
    const image = podOf({ command, probes: probeAt(2381, 'HTTP') });
    expect(left(wants({ 'listen-metrics-urls': 'http://127.0.0.1:2391' }), image)).toEqual([]);
  });
});

/** An etcd with its metrics at this scheme. */
function metricsOf(scheme: string): readonly string[] {
  return ['etcd', `--listen-metrics-urls=${scheme}://127.0.0.1:2381`];
}

/** A liveness probe that asks this machine. */
function probeAt(port: number, scheme: string): string {
  return `    livenessProbe: {httpGet: {host: 127.0.0.1, port: ${port}, scheme: ${scheme}}}\n`;
}

describe('probes: follow', () => {
  it('changes exactly the scalars of the probe, and gives them back', () => {
    const spec = wants({ 'secure-port': '10258', 'bind-address': '10.0.0.5' }, FOLLOW);
    const { after, back } = applied(spec, CONTROLLERS);
    expect(lineDiff(CONTROLLERS, after)).toEqual(
      [
        '---bind-address=127.0.0.1',
        '+- --bind-address=10.0.0.5',
        '+- --secure-port=10258',
        '-host: 127.0.0.1',
        '+host: 10.0.0.5',
        '-port: 10257',
        '+port: 10258',
      ].map((line) => line.replace('---bind', '-- --bind')),
    );
    expect(left(spec, CONTROLLERS)).toEqual([]);
    expect(textOf(good(kind.edit(after, back, PATH)).image)).toBe(textOf(CONTROLLERS));
  });

  it('wants nothing more once it is applied', () => {
    const spec = wants({ 'secure-port': '10258', 'bind-address': '10.0.0.5' }, FOLLOW);
    expect(applied(spec, applied(spec, CONTROLLERS).after).changed).toEqual([]);
  });

  it('owns only the fields that its flags decide about', () => {
    const labels = applied(wants({ 'secure-port': '10258' }, FOLLOW), CONTROLLERS).desired;
    expect(labels.map(({ label }) => label)).toEqual(['--secure-port', 'livenessProbe.port']);
    expect(applied(wants({ profiling: 'false' }, FOLLOW), CONTROLLERS).desired).toHaveLength(1);
  });

  it('corrects a probe that somebody else has changed', () => {
    const spec = wants({ 'secure-port': '10257' }, FOLLOW);
    const text = textOf(CONTROLLERS).replace('port: 10257', 'port: 9999');
    const drifted = { ...CONTROLLERS, bytes: new TextEncoder().encode(text) };
    expect(applied(spec, drifted).changed).toEqual([
      ['--secure-port', '10257'],
      ['livenessProbe.port', '10257'],
    ]);
  });

  it('follows a port that has a name, and leaves one that still is right', () => {
    const ports = '    ports: [{name: https, containerPort: 10259}]\n';
    const probes = `${ports}    livenessProbe:\n      httpGet: {scheme: HTTPS, port: "https"} # by name\n`;
    const image = podOf({ probes });
    const { after, changed } = applied(wants({ 'secure-port': '8443' }, FOLLOW), image);
    expect(changed).toContainEqual(['livenessProbe.port', '8443']);
    expect(textOf(after)).toContain('httpGet: {scheme: HTTPS, port: 8443} # by name');
    expect(applied(wants({ 'secure-port': '10259' }, FOLLOW), image).changed).toEqual([
      ['--secure-port', '10259'],
    ]);
  });

  it.each([
    [
      'a block',
      '    livenessProbe:\n      httpGet:\n        # why\n        port: 10259\n        scheme: HTTPS\n',
    ],
    ['braces', '    livenessProbe: {httpGet: {port: 10259, scheme: HTTPS}, periodSeconds: 1}\n'],
  ])('writes a host where none was, in %s, and takes it away again', (_name, probes) => {
    const image = podOf({ probes });
    const { after, back } = applied(wants({ 'bind-address': '127.0.0.1' }, FOLLOW), image);
    expect(textOf(after)).toMatch(/host: 127\.0\.0\.1(,|\n {8})\s?port: 10259/);
    expect(textOf(good(kind.edit(after, back, PATH)).image)).toBe(textOf(image));
  });

  it('follows etcd to another scheme', () => {
    const spec = wants({ 'listen-metrics-urls': 'https://[::1]:2391' }, FOLLOW);
    const open = imageOf(
      textOf(ETCD).replaceAll(/ *- --(client-cert-auth|trusted-ca-file)=.*\n/g, ''),
    );
    const { changed, after } = applied(spec, open);
    expect(changed.slice(1)).toEqual(
      ['readiness', 'liveness'].flatMap((probe) => [
        [`${probe}Probe.host`, '::1'],
        [`${probe}Probe.port`, '2391'],
        [`${probe}Probe.scheme`, 'HTTPS'],
      ]),
    );
    expect(textOf(after)).toContain('host: "::1"');
    expect(applied(spec, after).changed).toEqual([]);
  });

  it.each<[string, Parameters<typeof wants>[0], typeof ETCD, string]>([
    ['its port is 0', { 'secure-port': '0' }, CONTROLLERS, 'would not listen any more'],
    ['its listener goes', { 'listen-metrics-urls': null }, ETCD, 'would not listen any more'],
    [
      'it is asked for a certificate',
      { 'listen-metrics-urls': 'https://127.0.0.1:2381' },
      ETCD,
      'for a client certificate at https://127.0.0.1:2381',
    ],
  ])('is refused where nobody would answer the probe: %s', (_name, flags, image, words) => {
    const wanted = kind.desired(wants(flags, FOLLOW), image, PATH);
    const told = wanted.ok ? [] : wanted.diagnostics;
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['SP2117']));
    expect(told[0]?.message).toContain(words);
  });

  it('connects to an address that asks for a certificate where connecting is enough', () => {
    const tcp = imageOf(textOf(ETCD).replaceAll(/httpGet:/g, 'tcpSocket:'));
    const spec = wants({ 'listen-metrics-urls': 'https://127.0.0.1:2391' }, FOLLOW);
    const { changed } = applied(spec, tcp);
    expect(changed.slice(1).map(([label]) => label)).toContain('livenessProbe.port');
  });

  it('is refused with the reason where the probe cannot be changed alone', () => {
    const shared =
      '    livenessProbe: &probe\n      httpGet: {port: 10259}\n    readinessProbe: *probe\n';
    const spec = wants({ 'secure-port': '8443' }, FOLLOW);
    const image = podOf({ probes: shared });
    const keys = good(kind.desired(spec, image, PATH)).map(({ key }) => key);
    expect(codes(kind.observe(image, keys, PATH))).toEqual(['SP2101', 'SP2101']);
  });

  it('is refused where nobody can tell where the component listens', () => {
    const spec = wants({ 'bind-address': '$(IP)' }, FOLLOW);
    expect(codes(kind.desired(spec, API, PATH))).toEqual(['SP2102']);
    const other = podOf({ command: ['my-program'] });
    expect(codes(kind.desired(wants({ port: '1' }, FOLLOW), other, PATH))).toEqual(['SP2102']);
  });
});
