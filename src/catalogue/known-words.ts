import type { Component, KnownWords } from './flag-facts.ts';
import { CONTROLLERS } from './known-controllers.ts';
import { compareMinor } from './minor-version.ts';

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

/** go.uber.org/zap zapcore level.go (unmarshalText). */
const LEVELS = ['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'];

type WordsOfFlags = Readonly<Record<string, readonly KnownWords[]>>;

/**
 * k8s.io/component-base cli/flag ciphersuites_flag.go (1.34, 1.37); logs/api/v1 options.go (Validate) and registry.go with
 * logs/json/register, which each component's own main.go imports (1.32 to 1.37).
 */
const LOGGING: WordsOfFlags = { 'logging-format': [{ words: ['', 'json', 'text'] }] };
const SERVING: WordsOfFlags = {
  ...LOGGING,
  'tls-cipher-suites': [{ words: CIPHER_SUITES }],
  'tls-min-version': [
    { words: ['', 'VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'] },
  ],
};

/** k8s.io/apiserver pkg/server/options audit.go (Validate), plugin/pkg/audit/log/backend.go (1.32 to 1.37): only of a backend that is on. */
const AUDIT_MODES = ['batch', 'blocking', 'blocking-strict'];
const AUDIT_VERSIONS = ['audit.k8s.io/v1'];
const LOG_ON = 'audit-log-path';
const WEBHOOK_ON = 'audit-webhook-config-file';
const AUDIT: WordsOfFlags = {
  'audit-log-format': [{ words: ['json', 'legacy'], onlyWith: LOG_ON }],
  'audit-log-mode': [{ words: AUDIT_MODES, onlyWith: LOG_ON }],
  'audit-log-version': [{ words: AUDIT_VERSIONS, onlyWith: LOG_ON }],
  'audit-webhook-mode': [{ words: AUDIT_MODES, onlyWith: WEBHOOK_ON }],
  'audit-webhook-version': [{ words: AUDIT_VERSIONS, onlyWith: WEBHOOK_ON }],
};

/** etcdmain/config.go of etcd 3.5.21, 3.6.5, 3.7.0. */
const V2_DEPRECATION = ['gone', 'write-only', 'write-only-drop-data'];

/** Words that a component takes, ascending by version. */
const WORDS: Readonly<Record<Component, WordsOfFlags>> = {
  // kubernetes/kubernetes pkg/kubeapiserver/authorizer/modes, pkg/controlplane/instance.go (createEndpointReconciler), 1.32 to 1.37.
  'kube-apiserver': {
    ...SERVING,
    ...AUDIT,
    'authorization-mode': [
      { words: ['ABAC', 'AlwaysAllow', 'AlwaysDeny', 'Node', 'RBAC', 'Webhook'] },
    ],
    'endpoint-reconciler-type': [{ words: ['', 'lease', 'master-count', 'none'] }],
  },
  'kube-controller-manager': { ...SERVING, controllers: CONTROLLERS },
  'kube-scheduler': SERVING,
  kubelet: SERVING,
  // kubernetes/kubernetes pkg/proxy/apis/config/validation (1.30, 1.36), on Linux.
  'kube-proxy': {
    ...LOGGING,
    'detect-local-mode': [
      { words: ['', 'BridgeInterface', 'ClusterCIDR', 'InterfaceNamePrefix', 'NodeCIDR'] },
    ],
    'proxy-mode': [{ words: ['', 'iptables', 'ipvs', 'nftables'] }],
  },
  // go.etcd.io/etcd/server/v3 etcdmain/config.go, embed/config.go (Validate), client/pkg/v3/tlsutil and logutil (3.5, 3.6, 3.7), zapcore
  // level.go of the zap that each requires or a later one; 3.4: go.etcd.io/etcd embed/config.go at dd1b699fc489.
  etcd: {
    'auto-compaction-mode': [{ words: ['', 'periodic', 'revision'] }],
    'cipher-suites': [{ from: '3.5', words: CIPHER_SUITES }],
    'discovery-fallback': [{ words: ['exit', 'proxy'] }],
    'initial-cluster-state': [{ words: ['existing', 'new'] }],
    'log-format': [{ words: ['', 'console', 'json'] }],
    'log-level': [
      { from: '3.5', words: ['', ...LEVELS], anyCase: true },
      { from: '3.6', words: ['', ...LEVELS, 'warning'], anyCase: true },
    ],
    proxy: [{ words: ['off', 'on', 'readonly'] }],
    'tls-min-version': [{ words: ['', 'TLS1.2', 'TLS1.3'] }],
    // 3.4 has no such flag.
    'v2-deprecation': [
      { from: '3.5', words: [...V2_DEPRECATION, 'not-yet'] },
      { from: '3.6', words: V2_DEPRECATION },
      { from: '3.7', words: [...V2_DEPRECATION, 'write-only-skip-check'] },
    ],
  },
};

/** `null`: not known of this version. Of etcd before 3.5 nothing is known of cipher suites, and `log-level` counts only without `debug`. */
export function knownWords(component: Component, version: string, flag: string): KnownWords | null {
  const known = WORDS[component];
  const all = Object.hasOwn(known, flag) ? (known[flag] ?? []) : [];
  const isOf = ({ from }: KnownWords): boolean =>
    from === undefined || compareMinor(from, version) <= 0;
  return all.findLast(isOf) ?? null;
}
