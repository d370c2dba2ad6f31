import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { refusal } from '../../refusal.ts';
import { componentOfLine } from '../component-of-line.ts';
import { flagText } from '../flag-text.ts';

interface Irreversible {
  readonly component: Component;
  readonly flag: string;
  readonly why: string;
}

const ENCRYPTION =
  'what was written meanwhile stays encrypted, or unencrypted, in etcd, and an apiserver without the right keys cannot read it';

/**
 * Flags whose effect outlives the file. Encryption at rest: kubernetes.io, Encrypting Confidential Data at Rest (objects are
 * encrypted as they are written; the name with `experimental` is that of 1.7 to 1.12). A new cluster: etcd.io/docs,
 * configuration (all other members are removed). Keys and issuers of tokens are not here: the former file verifies the former
 * tokens again.
 */
const IRREVERSIBLE: readonly Irreversible[] = [
  { component: 'kube-apiserver', flag: 'encryption-provider-config', why: ENCRYPTION },
  { component: 'kube-apiserver', flag: 'experimental-encryption-provider-config', why: ENCRYPTION },
  {
    component: 'etcd',
    flag: 'force-new-cluster',
    why: 'the member forgets all others, and they have to be added anew',
  },
];

/** Errors (SP2120) for changes that nobody acknowledged and no revert takes back. */
export function unacknowledged(
  before: CommandLine,
  after: CommandLine,
  acknowledged: boolean,
): Diagnostic[] {
  if (acknowledged) return [];
  const component = componentOfLine(after);
  return IRREVERSIBLE.filter(
    (one) =>
      one.component === component && flagText(before, one.flag) !== flagText(after, one.flag),
  ).map(({ flag, why }) => {
    const what = `restoring the file does not take back a change of --${flag}: ${why}`;
    const help =
      'make a backup of etcd, keep the keys, and say `irreversible: acknowledged` on the resource that declares the flag';
    return { ...refusal('SP2120', after.container.source.path, what, help), flag };
  });
}
