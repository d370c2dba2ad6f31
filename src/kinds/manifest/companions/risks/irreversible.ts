import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { ChangeBy } from '../../../surroundings.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName, itemKey } from '../../flags/item-key.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { componentOfLine } from '../component-of-line.ts';
import { flagText } from '../flag-text.ts';

interface Irreversible {
  readonly component: Component;
  readonly flag: string;
  readonly why: string;
  /** The value that not giving it has. */
  readonly unset?: string;
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
    unset: 'false',
  },
];

/** Why a change of the content of a file that a flag names is as irreversible as one of the flag; `null`: it is not. */
export function irreversibleContent(flag: string): string | null {
  return IRREVERSIBLE.find((one) => one.flag === flag && one.why === ENCRYPTION)?.why ?? null;
}

/** Whoever answers for a change of one container. */
export interface Answerable {
  /** The resource that is judged; `null`: none is left, a file goes back. */
  readonly spec: ManifestSpec | null;
  /** The container is that of the resource. */
  readonly isOwn: boolean;
  readonly change: ChangeBy | undefined;
}

/**
 * Errors (SP2120) for changes that nobody acknowledged and no revert takes back: a declared flag by its own resource, one that is
 * given back by a resource of its plan in this file, or by the plan's name on the command line.
 */
export function unacknowledged(
  before: CommandLine,
  after: CommandLine,
  by: Answerable,
): Diagnostic[] {
  const component = componentOfLine(after);
  const { path } = after.container.source;
  return IRREVERSIBLE.filter(
    (one) =>
      one.component === component &&
      (flagText(before, one.flag) ?? one.unset) !== (flagText(after, one.flag) ?? one.unset),
  ).flatMap(({ flag, why }) => {
    const taken = `restoring the file does not take back a change of --${flag}: ${why}`;
    if (isDeclared(by, flag)) {
      if (by.spec?.irreversible === 'acknowledged') return [];
      const help =
        'make a backup of etcd, keep the keys, and say `irreversible: acknowledged` on the resource that declares the flag';
      return [{ ...refusal('SP2120', path, taken, help), flag }];
    }
    const key = itemKey({ form: 'whole', container: after.container.name, flag });
    // Its own resource is judged, too.
    if (by.change?.declares(key) === true) return [];
    if (by.spec?.irreversible === 'acknowledged' || by.change?.acknowledged === true) return [];
    return [refusal('SP2120', path, givenBack(taken, by, flag, flagText(after, flag)), wayOn(by))];
  });
}

function isDeclared({ spec, isOwn }: Answerable, flag: string): boolean {
  return isOwn && Object.keys(spec?.flags ?? {}).some((name) => canonicalFlagName(name) === flag);
}

function givenBack(taken: string, { change }: Answerable, flag: string, to: string | null): string {
  const who = change === undefined ? 'this' : `plan ${change.plan}`;
  return `${who} would ${to === null ? `take --${flag} away` : `put --${flag}=${to} back`}, and ${taken}`;
}

function wayOn({ spec, change }: Answerable): string {
  const file =
    spec === null ? '' : ', or `irreversible: acknowledged` on its resource of this file';
  const name = change?.plan ?? 'PLAN';
  return `bring the declaration back to keep it; to give it up, first do what \`setpoint explain SP2120\` says, then say \`--acknowledge-irreversible ${name}\`${file}`;
}
