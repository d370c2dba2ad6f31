import { describe, expect, it } from 'vitest';
import { findCatalogue, knownVersions } from '../../../../../src/catalogue/find-catalogue.ts';
import { COMPONENTS } from '../../../../../src/catalogue/flag-facts.ts';
import type { Component } from '../../../../../src/catalogue/flag-facts.ts';
import { CONTROLLERS } from '../../../../../src/catalogue/known-controllers.ts';
import { knownWords } from '../../../../../src/catalogue/known-words.ts';
import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { absent, elements, entries, kind, manage, PATH, specOf, value } from '../manifest-rig.ts';
import { manifest } from './judging-rig.ts';

/** What is said of declared flags: code, message, help. Without gates of its own nothing is said of probes. */
function said(
  command: readonly string[],
  version: string,
  declared: Readonly<Record<string, FlagDeclaration>>,
): readonly string[] {
  const before = manifest(command, `registry.k8s.io/${command[0]}:${version}`);
  const after = manage(before, declared).image;
  return kind
    .judge(specOf(declared), before, after, PATH, NOBODY_LOOKED)
    .map(({ code, message, help }) => `${code} ${message.replace(/^\S+ /, '')}; ${help}`);
}

/** The same of one flag, as its component has it. */
function of(
  component: Component,
  version: string,
  flag: string,
  text: string,
  ...given: readonly string[]
): readonly string[] {
  return said([component, '--v=1', ...given], version, { [flag]: value(text) });
}

const LOG = '--audit-log-path=/var/log/a';
const WEBHOOK = '--audit-webhook-config-file=/etc/kubernetes/a';
const modes = 'it takes batch, blocking, blocking-strict';

describe('words that the component refuses at its start', () => {
  it.each([
    ['kube-apiserver', '1.34', 'authorization-mode', 'Node,RBACC', 'did you mean RBAC?'],
    ['kube-apiserver', '1.32', 'authorization-mode', 'Node, RBAC', 'did you mean RBAC?'],
    ['kube-apiserver', '1.34', 'audit-log-mode', 'blokcing', 'did you mean blocking?', LOG],
    ['kube-apiserver', '1.37', 'audit-log-mode', '', modes, LOG],
    ['kube-apiserver', '1.34', 'audit-log-format', 'yaml', 'it takes json, legacy', LOG],
    ['kube-apiserver', '1.34', 'audit-log-version', 'v1', 'it takes audit.k8s.io/v1', LOG],
    ['kube-apiserver', '1.34', 'audit-webhook-mode', 'sync', modes, WEBHOOK],
    ['kube-apiserver', '1.34', 'endpoint-reconciler-type', 'leese', 'did you mean lease?'],
    ['kube-apiserver', '1.32', 'logging-format', 'xml', 'it takes json, text'],
    ['kube-controller-manager', '1.37', 'logging-format', 'JSON', 'did you mean json?'],
    ['kube-scheduler', '1.34', 'logging-format', 'xml', 'it takes json, text'],
    ['kubelet', '1.34', 'logging-format', 'xml', 'it takes json, text'],
    ['kube-proxy', '1.34', 'logging-format', 'xml', 'it takes json, text'],
    ['kube-proxy', '1.34', 'proxy-mode', 'iptable', 'did you mean iptables?'],
    ['kube-proxy', '1.34', 'proxy-mode', 'userspace', 'it takes iptables, ipvs, nftables'],
    ['kube-proxy', '1.34', 'detect-local-mode', 'Bridge', 'BridgeInterface'],
    ['kube-apiserver', '1.34', 'tls-min-version', 'TLS1.2', 'VersionTLS12'],
    ['kubelet', '1.34', 'tls-cipher-suites', 'TLS_RSA', 'it takes TLS_AES_128_GCM_SHA256'],
    ['etcd', '3.5', 'discovery-fallback', 'prxy', 'did you mean proxy?'],
    ['etcd', '3.5', 'initial-cluster-state', 'exists', 'it takes existing, new'],
    ['etcd', '3.5', 'proxy', 'readwrite', 'it takes off, on, readonly'],
    ['etcd', '3.6', 'tls-min-version', 'VersionTLS12', 'TLS1.2'],
    ['etcd', '3.6', 'cipher-suites', 'TLS_RSA', 'it takes TLS_AES_128_GCM_SHA256'],
    ['etcd', '3.6', 'v2-deprecation', 'not-yet', 'it takes gone, write-only, write-only-drop-data'],
    ['etcd', '3.4', 'auto-compaction-mode', 'periodical', 'did you mean periodic?'],
    ['etcd', '3.6', 'auto-compaction-mode', 'Periodic', 'did you mean periodic?'],
    ['etcd', '3.5', 'log-level', 'warning', 'it takes debug, info, warn, error, dpanic, panic and'],
    ['etcd', '3.7', 'log-level', 'trace', 'it takes debug, info, warn, error, dpanic, panic and'],
    ['etcd', '3.6', 'log-format', 'text', 'it takes console, json'],
    ['kube-controller-manager', '1.34', 'controllers', '*,-nope', 'it takes *, '],
    ['kube-controller-manager', '1.34', 'controllers', '*,-*', 'did you mean *?'],
    ['kube-controller-manager', '1.37', 'controllers', '*,-route', 'it takes *, '],
    ['kube-controller-manager', '1.34', 'controllers', 'tokencleanr', 'did you mean tokencleaner?'],
  ] as const)('%s %s --%s %j', (component, version, flag, text, help, ...given) => {
    const found = of(component, version, flag, text, ...given);
    const about = `SP2063 --${flag} of ${component} ${version} does not take "`;
    expect(found.filter((line) => line.startsWith(about) && line.includes(help))).toHaveLength(1);
    expect(found.filter((line) => line.startsWith('SP2063'))).toHaveLength(1);
  });

  it.each([
    ['kube-apiserver', '1.34', 'authorization-mode', 'AlwaysDeny,Node'],
    // Of a backend that is off the mode is not looked at.
    ['kube-apiserver', '1.34', 'audit-log-mode', 'blokcing'],
    ['kube-apiserver', '1.34', 'audit-log-mode', 'blokcing', WEBHOOK],
    ['kube-apiserver', '1.34', 'audit-log-mode', 'blokcing', '--audit-log-path='],
    ['kube-apiserver', '1.34', 'audit-log-format', 'legacy', LOG],
    ['kube-apiserver', '1.34', 'endpoint-reconciler-type', ''],
    ['kubelet', '1.37', 'logging-format', 'json'],
    ['etcd', '3.5', 'auto-compaction-mode', ''],
    ['kube-proxy', '1.34', 'proxy-mode', 'nftables'],
    ['kube-proxy', '1.34', 'proxy-mode', 'ipvs'],
    ['etcd', '3.7', 'v2-deprecation', 'write-only-skip-check'],
    // With `debug` any level counts.
    ['etcd', '3.4', 'log-level', 'trace'],
    ['etcd', '3.5', 'log-level', 'Warn'],
    ['etcd', '3.7', 'log-level', 'WARNING'],
    ['kube-controller-manager', '1.36', 'controllers', '*,-route,-ttl-controller,tokencleaner'],
  ] as const)('but %s %s --%s %j', (component, version, flag, text, ...given) => {
    const found = of(component, version, flag, text, ...given);
    expect(found.filter((line) => line.startsWith('SP2063'))).toEqual([]);
  });

  it('leave no warning of what the value would take away', () => {
    const given = ['kube-apiserver', '--authorization-mode=Node,RBAC'];
    const codes = (text: string): readonly string[] =>
      said(given, '1.34', { 'authorization-mode': value(text) }).map((line) => line.slice(0, 6));
    expect(codes('Node,RBACC')).toEqual(['SP2063']);
    expect(codes('Node')).toContain('SP2125');
  });

  it('are known of each version that the catalogue has, and of flags that one of them has', () => {
    const known = knownVersions('kube-controller-manager');
    expect(CONTROLLERS.map(({ from }) => from)).toEqual(known);
    const flags = ['audit-log-mode', 'authorization-mode', 'controllers', 'log-level'];
    for (const component of COMPONENTS)
      for (const flag of [...flags, 'logging-format', 'endpoint-reconciler-type']) {
        const versions = knownVersions(component).filter(
          (version) => knownWords(component, version, flag) !== null,
        );
        for (const version of versions)
          expect([flag, findCatalogue(component, version)?.flags.has(flag)]).toEqual([flag, true]);
      }
  });

  it('of a list are also looked at in each element, and of what must not be there nothing is said', () => {
    const list = elements(['-ttl', '-tll'], ['-nope']);
    const found = said(['kube-controller-manager', '--controllers=*'], '1.34', {
      controllers: list,
    });
    expect(found.map((line) => line.split(';')[0])).toEqual([
      'SP2063 --controllers of kube-controller-manager 1.34 does not take "-tll"',
    ]);
  });
});

describe('values of runtime-config', () => {
  it.each([
    ['api/all=maybe', 'takes api/all=true or api/all=false'],
    ['api/beta=1', 'takes api/beta=true or api/beta=false'],
    ['api/alpha', 'takes api/alpha=true or api/alpha=false'],
    ['batch/v1=on', 'takes entries that are true or false'],
  ])('%s', (text, problem) => {
    const about = `SP2063 --runtime-config of kube-apiserver 1.34 ${problem}, not `;
    expect(of('kube-apiserver', '1.34', 'runtime-config', text).join()).toContain(about);
    const [key = '', one = ''] = text.split('=');
    const declared = { 'runtime-config': entries({ [key]: one }) };
    expect(said(['kube-apiserver', '--v=1'], '1.34', declared).join()).toContain(about);
  });

  it('api/all and batch/v1', () => {
    for (const text of ['api/all=false,batch/v1', 'api/ga= true ,batch/v1=T'])
      expect(of('kube-apiserver', '1.34', 'runtime-config', text)).toEqual([]);
  });
});

/** The messages of SP2094. */
function needs(
  command: readonly string[],
  declared: Readonly<Record<string, FlagDeclaration>>,
): readonly string[] {
  return said(command, '1.34', declared).filter((line) => line.startsWith('SP2094'));
}

describe('flags that need another one', () => {
  const reload = 'encryption-provider-config-automatic-reload';
  const config = 'encryption-provider-config';
  const api = ['kube-apiserver', '--v=1'];

  it('are refused without it, whichever of the two the plan declares', () => {
    expect(needs(api, { [reload]: value('true') })).toEqual([
      `SP2094 kube-apiserver 1.34 does not start with --${reload} and without --${config}; declare --${config}, or take --${reload} away`,
    ]);
    const both = [...api, `--${reload}`, `--${config}=/etc/kubernetes/e.yaml`];
    expect(needs(both, { [config]: absent })).toHaveLength(1);
    expect(needs(both, { [config]: value('') })).toHaveLength(1);
  });

  it('are in order with it, where they are off, and where the plan declares neither', () => {
    expect(needs([...api, `--${config}=/e`], { [reload]: value('true') })).toEqual([]);
    expect(needs(api, { [reload]: value('F') })).toEqual([]);
    expect(needs([...api, `--${reload}`], { profiling: value('false') })).toEqual([]);
  });

  it('are also modes and their files', () => {
    const mode = 'authorization-mode';
    const file = 'authorization-webhook-config-file';
    const text = `kube-apiserver 1.34 does not start with --${mode} Webhook and without --${file}`;
    expect(needs(api, { [mode]: value('Node,Webhook') }).join()).toContain(text);
    expect(needs(api, { [mode]: value('Node,ABAC') })).toHaveLength(1);
    expect(needs(api, { [file]: value('/etc/kubernetes/w') })).toHaveLength(1);
    expect(needs(api, { [file]: value('/w'), [mode]: value('Webhook') })).toEqual([]);
  });
});
