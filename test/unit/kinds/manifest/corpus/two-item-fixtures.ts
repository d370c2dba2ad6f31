import type { EditedFixture } from './edited-fixture.ts';

/** Manifests with `--flag value` as two items. */
export const twoItemFixtures: readonly EditedFixture[] = [
  {
    file: 'two-items.yaml',
    form: 'a flag and its value as two items: quotes, comments, one dash, a value that begins with a dash, beside bare booleans',
    change: 'etcd-servers',
    remove: 'event-ttl',
    twoItems: ['etcd-servers', 'event-ttl'],
    refused: { 'service-account-issuer': 'SP2017', 'oidc-signing-algs': 'SP2017' },
  },
  {
    file: 'two-items-flow.yaml',
    form: 'a flag and its value as two items, in brackets; etcd with one dash',
    change: 'heartbeat-interval',
    remove: 'listen-client-urls',
    twoItems: ['listen-client-urls', 'heartbeat-interval'],
  },
  {
    file: 'two-items-crlf-open-end.yaml',
    form: 'a flag and its value as two items, CRLF, no line end at the end',
    change: 'kubeconfig',
    remove: 'bind-address',
    twoItems: ['kubeconfig', 'bind-address'],
  },
  {
    file: 'two-items-json.json',
    form: 'a flag and its value as two items, JSON',
    change: 'node-monitor-period',
    remove: 'controllers',
    twoItems: ['node-monitor-period', 'controllers'],
  },
  {
    file: 'two-items-of-unknown-flags.yaml',
    form: 'beside flags that no catalogue has for the image, followed by an item that is none',
    change: 'profiling',
    refused: { 'etcd-servers': 'SP2016', 'not-a-flag-of-it': 'SP2016' },
  },
  {
    file: 'two-items-apart.yaml',
    form: 'beside flags whose value stands behind a comment, a blank line, or in args',
    change: 'data-dir',
    refused: {
      name: 'SP2018',
      'listen-peer-urls': 'SP2018',
      'initial-cluster-token': 'SP2018',
    },
  },
  {
    file: 'two-items-and-bare.yaml',
    form: 'one dash, bare booleans, a flag and its value as two items',
    change: 'data-dir',
    twoItems: ['data-dir'],
  },
  {
    file: 'etcd-one-dash.yaml',
    form: 'etcd with one dash, also with its value as two items',
    change: 'name',
    remove: 'debug',
    twoItems: ['name'],
  },
];
