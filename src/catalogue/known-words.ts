import type { Component } from './flag-facts.ts';

/**
 * Of crypto/tls, CipherSuites and InsecureCipherSuites together, and two older names of k8s.io/component-base cli/flag
 * ciphersuites_flag.go and go.etcd.io/etcd/client/pkg/v3/tlsutil (from 3.5 on). Go moves suites from one list to the other (1.22, 1.23),
 * and took none away up to 1.26.
 */
const CIPHER_SUITES: readonly string[] = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
  'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_RC4_128_SHA',
];

/** k8s.io/component-base cli/flag ciphersuites_flag.go (1.34, 1.37). */
const SERVING: Readonly<Record<string, readonly string[]>> = {
  'tls-cipher-suites': CIPHER_SUITES,
  'tls-min-version': ['', 'VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'],
};

/** Words that a component takes and its help does not list in a way that can be read; of a list flag its elements. */
const WORDS: Readonly<Record<Component, Readonly<Record<string, readonly string[]>>>> = {
  'kube-apiserver': SERVING,
  'kube-controller-manager': SERVING,
  'kube-scheduler': SERVING,
  kubelet: SERVING,
  // kubernetes/kubernetes pkg/proxy/apis/config/validation (1.30, 1.36), on Linux.
  'kube-proxy': {
    'detect-local-mode': ['', 'BridgeInterface', 'ClusterCIDR', 'InterfaceNamePrefix', 'NodeCIDR'],
    'proxy-mode': ['', 'iptables', 'ipvs', 'nftables'],
  },
  // go.etcd.io/etcd/server/v3 etcdmain/config.go and client/pkg/v3/tlsutil (3.5, 3.6).
  etcd: {
    'cipher-suites': CIPHER_SUITES,
    'discovery-fallback': ['exit', 'proxy'],
    'initial-cluster-state': ['existing', 'new'],
    proxy: ['off', 'on', 'readonly'],
    'tls-min-version': ['', 'TLS1.2', 'TLS1.3'],
  },
};

/** What etcd takes as --v2-deprecation beside these; 3.4 has no such flag (etcdmain/config.go, 3.5.21, 3.6.5, 3.7.0). */
const V2_DEPRECATION: readonly string[] = ['gone', 'write-only', 'write-only-drop-data'];
const V2_DEPRECATION_OF: ReadonlyMap<string, string> = new Map([
  ['3.5', 'not-yet'],
  ['3.7', 'write-only-skip-check'],
]);

/** The words that a flag takes, or a list flag's elements; `null`: not known. Of etcd before 3.5 nothing is known of cipher suites. */
export function knownWords(
  component: Component,
  version: string,
  flag: string,
): readonly string[] | null {
  if (component === 'etcd' && version === '3.4' && flag === 'cipher-suites') return null;
  if (component === 'etcd' && flag === 'v2-deprecation') {
    const own = V2_DEPRECATION_OF.get(version);
    return own === undefined ? V2_DEPRECATION : [...V2_DEPRECATION, own];
  }
  const words = WORDS[component];
  return Object.hasOwn(words, flag) ? (words[flag] ?? null) : null;
}
