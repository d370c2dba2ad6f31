import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { isSet } from './parts-given.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';

/**
 * Configuration files of kube-apiserver, and the flags that it does not start with beside them. Source: kubernetes/kubernetes
 * pkg/kubeapiserver/options authorization.go and authentication.go (both Validate), 1.32 to 1.37.
 */
const CONFLICTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'authorization-config',
    [
      'authorization-mode',
      'authorization-webhook-cache-authorized-ttl',
      'authorization-webhook-cache-unauthorized-ttl',
      'authorization-webhook-config-file',
      'authorization-webhook-version',
    ],
  ],
  ['authentication-config', ['oidc-client-id', 'oidc-issuer-url']],
]);

/** SP2096: flags that would be given together and exclude each other, where the plan declares one of them. */
export function judgeConflicts(
  subject: Subject,
  declared: ReadonlySet<string>,
  after: CommandLine,
): readonly Diagnostic[] {
  if (subject.catalogue.component !== 'kube-apiserver') return [];
  return [...CONFLICTS].flatMap(([file, flags]) => {
    const both = isSet(after, file) ? flags.filter((flag) => isSet(after, flag)) : [];
    const own = [file, ...both].find((flag) => declared.has(flag));
    if (both.length === 0 || own === undefined) return [];
    const others = both.map((flag) => `--${flag}`).join(', ');
    const message = `${nameOf(subject)} does not start with --${file} beside ${others}`;
    const nulls = both.map((flag) => `\`${flag}: null\``).join(', ');
    const help = `say in the file what they say and declare ${nulls}, or do without the file`;
    return [{ ...refused(subject, 'SP2096', message, help), flag: own }];
  });
}
