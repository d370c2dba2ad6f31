import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { namesComponent } from '../flags/gate-name.ts';
import { partsGiven } from './parts-given.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';

/**
 * SP2095: gates of Kubernetes with and without `kube:` in one command line end the component at its start (component-base
 * compatibility registry.go: "do not mix use"; 1.32 to 1.37). Where the flag's type knows no components, `kube:` is part of a name.
 */
export function judgeGateSpelling(
  subject: Subject,
  fact: FlagFact,
  after: CommandLine,
): readonly Diagnostic[] {
  const knowsComponents = fact.goType === 'colonSeparatedMultimapStringString';
  if (fact.name !== 'feature-gates' || !knowsComponents) return [];
  const given = partsGiven(after, fact.name).filter((part) => part.trim() !== '');
  const named = given.find(namesComponent);
  const bare = given.find((part) => !part.includes(':'));
  if (named === undefined || bare === undefined) return [];
  const message = `${nameOf(subject)} does not start with feature gates both with kube: (${named}) and without (${bare})`;
  const help = `write all of them in one way in the manifest first`;
  return [refused(subject, 'SP2095', message, help)];
}
