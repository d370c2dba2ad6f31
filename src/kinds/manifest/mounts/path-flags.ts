import type { FlagDeclaration, ManifestSpec } from '../../../model/plan-file.ts';
import { canonicalFlagName } from '../flags/item-key.ts';
import { normalPath } from './host-path.ts';

/** What a component does with a path: reads a file, uses a directory, or writes a log that it also renames. */
export type PathRole = 'file' | 'directory' | 'log';

export interface PathFlag {
  readonly flag: string;
  /** In the container, absolute. */
  readonly path: string;
  readonly role: PathRole;
}

/**
 * Ends of names. Source: the flags of kube-apiserver, kube-controller-manager, kube-scheduler (kubernetes/website
 * command-line-tools-reference) and etcd (its configuration page) whose help says file, directory or path.
 */
const FILE =
  /(^|-)(file|path|config|kubeconfig|cert|certificate|key|ca|authority|cafile|certfile|keyfile)$/;
const DIRECTORY = /(^|-)dir$/;
/** kube-apiserver and component-base: written through lumberjack or renamed by it, never only read. */
const LOG = /^(audit-log-path|log-file)$/;

/** `certificate,key` or `certificate,key:domain,domain` (k8s.io/component-base cli/flag NamedCertKey). */
const PAIR = 'tls-sni-cert-key';

/** Paths of URLs; a file that only the component itself writes. */
const OTHER =
  /(^|-)(base|health|healthz|http|livez|metrics|readyz|telemetry|url|web)-path$|^pid-file$/;

/** Declared flags that name files and directories: by their name, where the value is absolute. */
export function pathFlags({ flags }: Pick<ManifestSpec, 'flags'>): readonly PathFlag[] {
  return Object.entries(flags).flatMap(([name, declaration]) =>
    pathsOfFlag(canonicalFlagName(name), valuesOf(declaration)),
  );
}

/** The same of a flag and its values, by canonical name. */
export function pathsOfFlag(flag: string, values: readonly string[]): readonly PathFlag[] {
  const role = roleOf(flag);
  if (role === null) return [];
  const named = flag === PAIR ? values.flatMap(ofPair) : values;
  return named
    .filter((value) => value.startsWith('/') && !/\$\(|,/.test(value))
    .map((value) => ({ flag, path: normalPath(value), role }));
}

function ofPair(value: string): readonly string[] {
  const [pair = ''] = value.split(':', 1);
  return pair.split(',').map((path) => path.trim());
}

function roleOf(flag: string): PathRole | null {
  if (OTHER.test(flag)) return null;
  if (LOG.test(flag)) return 'log';
  if (DIRECTORY.test(flag)) return 'directory';
  return FILE.test(flag) ? 'file' : null;
}

function valuesOf(declaration: FlagDeclaration): readonly string[] {
  if (declaration.form === 'value') return [declaration.value];
  return declaration.form === 'elements' ? declaration.include : [];
}
