/** A manifest of fixtures/manifests that can be edited. */
export interface EditedFixture {
  readonly file: string;
  /** What is special about it, as the reference page says it. */
  readonly form: string;
  /** Default: the only one of spec.containers. */
  readonly container?: string;
  /** Flag to give another value; default: the first one; null: there is none. */
  readonly change?: string | null;
  /** Flag to remove; default: the last one; null: none can go. */
  readonly remove?: string | null;
  /** Flags of it that cannot be managed, and why. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Whether arguments that are no flags stand among the flags. */
  readonly arguments?: true;
}

/** Name, form and what differs from the defaults. */
export const editedFixtures: readonly EditedFixture[] = [
  { file: 'kubeadm-kube-apiserver.yaml', form: 'kubeadm 1.31: kube-apiserver' },
  { file: 'kubeadm-kube-controller-manager.yaml', form: 'kubeadm 1.31: kube-controller-manager' },
  { file: 'kubeadm-kube-scheduler.yaml', form: 'kubeadm 1.31: kube-scheduler' },
  { file: 'kubeadm-etcd.yaml', form: 'kubeadm 1.31: etcd' },
  { file: 'kubeadm-1.22-kube-apiserver.yaml', form: 'kubeadm 1.22: kube-apiserver' },
  {
    file: 'kubeadm-1.22-kube-controller-manager.yaml',
    form: 'kubeadm 1.22: kube-controller-manager',
  },
  { file: 'kubeadm-1.22-kube-scheduler.yaml', form: 'kubeadm 1.22: kube-scheduler' },
  { file: 'kubeadm-1.22-etcd.yaml', form: 'kubeadm 1.22: etcd' },
  { file: 'kubeadm-1.28-kube-apiserver.yaml', form: 'kubeadm 1.28: kube-apiserver' },
  {
    file: 'kubeadm-1.28-kube-controller-manager.yaml',
    form: 'kubeadm 1.28: kube-controller-manager',
  },
  { file: 'kubeadm-1.28-kube-scheduler.yaml', form: 'kubeadm 1.28: kube-scheduler' },
  { file: 'kubeadm-1.28-etcd.yaml', form: 'kubeadm 1.28: etcd' },
  { file: 'kubeadm-1.34-kube-apiserver.yaml', form: 'kubeadm 1.34: kube-apiserver' },
  {
    file: 'kubeadm-1.34-kube-controller-manager.yaml',
    form: 'kubeadm 1.34: kube-controller-manager',
  },
  { file: 'kubeadm-1.34-kube-scheduler.yaml', form: 'kubeadm 1.34: kube-scheduler' },
  { file: 'kubeadm-1.34-etcd.yaml', form: 'kubeadm 1.34: etcd' },
  {
    file: 'kubespray-kube-apiserver.yaml',
    form: 'kubespray: booleans in capitals, an IPv6 wildcard in quotes',
    change: 'bind-address',
    remove: 'runtime-config',
  },
  {
    file: 'minikube-kube-apiserver.yaml',
    form: 'minikube: kube-apiserver on another port',
    change: 'enable-admission-plugins',
  },
  { file: 'minikube-etcd.yaml', form: 'minikube: etcd' },
  {
    file: 'gce-kube-apiserver.manifest',
    form: 'GCE: JSON, go-runner, several flags on a line',
    change: 'token-auth-file',
    remove: 'allow-privileged',
  },
  {
    file: 'talos-kube-apiserver.yaml',
    form: 'Talos: args behind a command, `$(POD_IP)`',
    change: 'advertise-address',
  },
  {
    file: 'k3s-etcd-config-file.yaml',
    form: 'k3s: etcd with --config-file, one flag only',
    remove: null,
  },
  {
    file: 'kops-kube-controller-manager.manifest',
    form: 'kOps: go-runner, its flags in args before the component',
    change: 'allocate-node-cidrs',
  },
  {
    file: 'go-runner.yaml',
    form: 'go-runner beside a sidecar',
    container: 'kube-apiserver',
    change: 'allow-privileged',
  },
  {
    file: 'wrapper-all-in-command.yaml',
    form: 'go-runner with flags of its own as two items, all in command',
  },
  {
    file: 'hyperkube.yaml',
    form: '/hyperkube COMPONENT, a document marker, `_` for `-`',
    change: 'runtime-config',
  },
  {
    file: 'hyperkube-kube-proxy.yaml',
    form: '/hyperkube COMPONENT in command, flags in args',
    change: 'proxy-mode',
  },
  {
    file: 'command-and-args.yaml',
    form: 'args before command, exec probes',
    change: 'feature-gates',
  },
  {
    file: 'underscores.yaml',
    form: 'flags spelled with `_`, wholly and in part',
    change: 'node-monitor-period',
    remove: 'cluster-name',
  },
  {
    file: 'equals-in-values.yaml',
    form: '`=` in values, an IPv6 address',
    change: 'egress-note',
    remove: 'etcd-servers',
  },
  { file: 'empty-values.yaml', form: 'flags with an empty value' },
  {
    file: 'repeated-flags.yaml',
    form: 'flags beside one that is given several times',
    refused: { 'volume-tag': 'SP2017' },
  },
  {
    file: 'repeated-by-type.yaml',
    form: 'beside lists, maps and arrays that are given several times: their parts are edited one by one',
    change: 'secure-port',
    remove: 'enable-admission-plugins',
    refused: {
      'service-account-issuer': 'SP2017',
      'runtime-config': 'SP2017',
      profiling: 'SP2017',
      'oidc-signing-algs': 'SP2017',
    },
  },
  {
    file: 'two-items-and-bare.yaml',
    form: 'one dash, bare booleans; beside a flag and its value as two items',
    refused: { 'data-dir': 'SP2016' },
  },
  {
    file: 'etcd-one-dash.yaml',
    form: 'etcd with one dash; beside a flag and its value as two items',
    change: 'data-dir',
    remove: 'debug',
    refused: { name: 'SP2016' },
  },
  { file: 'variables.yaml', form: '`$(VAR)` of the manifest', change: 'price' },
  {
    file: 'several-containers.yaml',
    form: 'several containers: the one that `container:` names',
    container: 'kms-plugin',
  },
  {
    file: 'kms-sidecars.yaml',
    form: 'several containers: one without command',
    container: 'kms-vault',
  },
  {
    file: 'init-containers.yaml',
    form: 'init containers: one that `container:` names',
    container: 'check-quorum',
  },
  {
    file: 'args-without-command.yaml',
    form: 'args without command (the entry point of the image)',
  },
  {
    file: 'empty-args.yaml',
    form: 'an empty args list, a command without value',
    container: 'web',
    remove: null,
  },
  { file: 'only-the-binary.yaml', form: 'no flag yet', change: null, remove: null },
  {
    file: 'odd-key-order.yaml',
    form: 'keys in any order, the same words elsewhere',
    change: 'port',
  },
  { file: 'uid-left-empty.yaml', form: 'an empty metadata.uid' },
  { file: 'crlf.yaml', form: 'CRLF' },
  {
    file: 'folded-crlf.yaml',
    form: 'CRLF, with items of several lines',
    change: 'service-account-issuer',
    remove: 'event-ttl',
  },
  { file: 'bom.yaml', form: 'a byte-order mark' },
  { file: 'bom-crlf-open-end.yaml', form: 'a byte-order mark, CRLF, no line end at the end' },
  { file: 'list-ends-the-file.yaml', form: 'the list ends the file, no line end, a comment there' },
  { file: 'document-start-and-end.yaml', form: '`---` and `...`, comments beside them' },
  { file: 'document-end-open.yaml', form: '`...` without line end' },
  { file: 'indented-lists.yaml', form: 'lists indented by four' },
  { file: 'indented-by-two.yaml', form: 'lists indented by two' },
  { file: 'deep-indentation.yaml', form: 'deep indentation, wide dashes' },
  {
    file: 'comments.yaml',
    form: 'comments between and after items, blank lines',
    change: 'anonymous-auth',
    remove: 'audit-log-maxage',
  },
  {
    file: 'commented-out-flags.yaml',
    form: 'flags that are commented out, before, between, after',
    change: 'profiling',
  },
  {
    file: 'blank-lines-and-blanks.yaml',
    form: 'blank lines, blanks and tabs at line ends',
    change: 'leader-elect',
  },
  { file: 'non-ascii.yaml', form: 'text beyond ASCII, in comments and values' },
  { file: 'single-quoted.yaml', form: 'single quotes, quoted keys', change: 'oidc-username-claim' },
  {
    file: 'double-quoted-escapes.yaml',
    form: 'double quotes with escapes',
    change: 'cluster-label',
    remove: 'oidc-groups-claim',
  },
  {
    file: 'quoted-items.yaml',
    form: 'quotes of both kinds beside plain items',
    change: 'service-account-issuer',
    remove: 'oidc-username-prefix',
  },
  {
    file: 'words-of-yaml-1.1-in-quotes.yaml',
    form: 'numbers, booleans and nulls of YAML 1.1 in quotes; arguments behind the flags',
    change: 'group-prefix',
    arguments: true,
  },
  {
    file: 'folded-items.yaml',
    form: 'folded (`>-`), continued and quoted over lines, below the dash',
    change: 'tls-cipher-suites',
    remove: 'service-cluster-ip-range',
  },
  {
    file: 'literal-items.yaml',
    form: 'literal (`|-`) and folded items, comments after them',
    change: 'service-account-issuer',
    remove: 'v',
  },
  {
    file: 'continued-over-many-lines.yaml',
    form: 'plain and quoted items continued over many lines',
    change: 'label-note',
    remove: 'other-note',
  },
  {
    file: 'block-scalars-kept.yaml',
    form: 'flags beside values of several lines, and beside comments inside of items',
    change: 'level',
    refused: { script: 'SP2040', greeting: 'SP2040', motto: 'SP2018', port: 'SP2018' },
  },
  {
    file: 'flow-list.yaml',
    form: 'a list in brackets on one line',
    change: 'listen-client-urls',
    remove: 'name',
  },
  { file: 'flow-list-many-lines.yaml', form: 'a list in brackets over lines' },
  {
    file: 'flow-list-folded.yaml',
    form: 'a list in brackets with an item over two lines',
    change: 'motto',
    remove: 'port',
  },
  {
    file: 'flow-list-with-comments.yaml',
    form: 'a list in brackets with comments: flags that stand beside none',
    refused: { name: 'SP2018', 'data-dir': 'SP2018', 'listen-client-urls': 'SP2018' },
  },
  {
    file: 'flow-pod.yaml',
    form: 'the whole pod in braces behind `---`',
    change: 'motto',
    remove: 'port',
  },
  { file: 'json.json', form: 'JSON' },
  { file: 'json-tabs-compact-list.json', form: 'JSON indented by tabs, the list on one line' },
  { file: 'json-one-line.json', form: 'JSON on one line, no line end' },
  {
    file: 'json-escapes-crlf.json',
    form: 'JSON with CRLF and escapes',
    change: 'audit-log-path',
    remove: 'cluster-label',
  },
  { file: 'anchors-elsewhere.yaml', form: 'anchors and aliases outside of the container' },
  {
    file: 'aliases-beside-the-list.yaml',
    form: 'anchors and aliases in the container, outside of its lists',
    container: 'web',
  },
  { file: 'tags-elsewhere.yaml', form: 'tags outside of the lists' },
  {
    file: 'three-hundred-flags.yaml',
    form: 'three hundred flags',
    change: 'volume-150',
    remove: 'volume-151',
  },
  { file: 'one-long-line.yaml', form: 'a value of several kilobytes' },
];
