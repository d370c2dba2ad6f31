import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { componentOfLine } from '../component-of-line.ts';
import { flagElements } from '../flag-text.ts';

/**
 * Flags without which kube-apiserver ends at its start, with what may stand in. Source: 1.24 to 1.34, kubernetes/apiserver
 * pkg/server/options/etcd.go (Validate), kubernetes/kubernetes pkg/kubeapiserver/options/authentication.go (Validate) and
 * pkg/controlplane/apiserver/options (validateTokenRequest; service-account-signing-endpoint from 1.32 on).
 * service-account-key-file is none: the key of the serving certificate or of the issuer may stand in.
 */
const REQUIRED: readonly { readonly flag: string; readonly unless?: string }[] = [
  { flag: 'etcd-servers' },
  { flag: 'service-account-issuer' },
  { flag: 'service-account-signing-key-file', unless: 'service-account-signing-endpoint' },
];

/** Required flags that a change takes away or leaves empty. */
export function missingFlags(before: CommandLine, after: CommandLine): readonly string[] {
  if (componentOfLine(after) !== 'kube-apiserver') return [];
  return REQUIRED.filter(
    ({ flag, unless }) =>
      has(before, flag) && !has(after, flag) && (unless === undefined || !has(after, unless)),
  ).map(({ flag }) => flag);
}

function has(line: CommandLine, flag: string): boolean {
  return flagElements(line, flag).length > 0;
}

/** Errors (SP2118) for the required flags that the resource itself takes away. */
export function requiredGone(
  spec: ManifestSpec,
  before: CommandLine,
  after: CommandLine,
): Diagnostic[] {
  const declared = new Set(Object.keys(spec.flags).map(canonicalFlagName));
  return missingFlags(before, after)
    .filter((flag) => declared.has(flag))
    .map((flag) => {
      const what = `kube-apiserver does not start without --${flag}`;
      const help = 'declare a value for it, or leave it out of the plan file';
      return { ...refusal('SP2118', after.container.source.path, what, help), flag };
    });
}
