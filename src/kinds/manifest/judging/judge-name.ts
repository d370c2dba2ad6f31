import { findCatalogue, knownVersions, removedIn } from '../../../catalogue/find-catalogue.ts';
import { compareMinor } from '../../../catalogue/minor-version.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import { nameOf, refused, warned } from './subject.ts';
import type { Subject } from './subject.ts';

/** Whether the component has the flag: SP2060 (unknown), SP2061 (gone), SP2062 (deprecated). `isSet`: it is to be given. */
export function judgeName(subject: Subject, flag: string, isSet: boolean): readonly Diagnostic[] {
  const { component, flags, version } = subject.catalogue;
  const fact = flags.get(flag);
  const whole = nameOf(subject);
  if (fact !== undefined) {
    if (!isSet || fact.deprecated === undefined) return [];
    // Some say no more than that they are.
    const why = fact.deprecated === 'deprecated' ? '' : `: ${fact.deprecated}`;
    return [warned(subject, 'SP2062', `--${flag} is deprecated in ${whole}${why}`)];
  }
  const { runs } = subject;
  const removed = removedIn(component, flag, runs ?? version);
  // Another version's catalogue stands in, and an older one may have had the flag.
  const wasThere = removed === null && removedIn(component, flag, version) !== null;
  if (wasThere) return [];
  const later = knownVersions(component).find(
    (one) =>
      compareMinor(one, version) > 0 && findCatalogue(component, one)?.flags.has(flag) === true,
  );
  const near = didYouMean(flag, flags.keys());
  const what = `${whole} has no flag --${flag}`;
  if (!isSet) {
    // What must be absent and cannot be given is in order, unless it is another flag misspelled.
    if (removed !== null || later !== undefined || near === null) return [];
    return [warned(subject, 'SP2060', `${what}, so it is absent anyhow; did you mean --${near}?`)];
  }
  if (removed !== null) {
    const judged = runs === null ? `judged as ${version}` : `the manifest runs ${runs}`;
    const message = `--${flag} is gone from ${component} since ${removed}; ${judged}`;
    const help = `the component would not start with it: drop the flag, or declare it as null`;
    return [refused(subject, 'SP2061', message, help)];
  }
  if (later !== undefined) {
    const help = `${component} ${later} is the first known version that has it`;
    return [refused(subject, 'SP2060', what, help)];
  }
  const unlisted = `if it has it all the same, say \`catalogue: off\` on the resource`;
  const help = near === null ? unlisted : `did you mean --${near}?`;
  return [refused(subject, 'SP2060', what, help)];
}
