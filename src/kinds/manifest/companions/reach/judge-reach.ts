import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../../../model/brand.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { Declarer, Fate, Outcome, Reached } from '../../../reach.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { irreversibleContent } from '../risks/irreversible.ts';
import { declaredBy } from './declared-by.ts';
import type { Answering } from './declared-by.ts';
import { needsOf } from './needs.ts';
import type { Need } from './needs.ts';

/**
 * What everything together takes from the flags of a manifest, whoever declares them and whether or not it is written: a file that is
 * deleted (SP2085), the mount over a path (SP2084), the keys of encryption at rest (SP2120, or SP2121 where it is acknowledged).
 * The component that runs has read them; its next start does not find them. A path that was without them before is not ours.
 */
export function judgeReach(
  declarers: readonly Declarer<ManifestSpec>[],
  before: FileImage,
  after: FileImage,
  path: HostPath,
  outcome: Outcome,
): readonly Reached[] {
  const now = needsOf(after, path);
  const old = before === after ? now : needsOf(before, path);
  const answering = declaredBy(declarers, after, path);
  return now.flatMap((need) => {
    const by = answering(need);
    const was = old.find((one) => isSame(one, need));
    const content = judgeContentOf(need, was, path, outcome, by);
    return by.unchecked ? content : [...content, ...judgeNeed(need, was, path, outcome, by)];
  });
}

function isSame(a: Need, b: Need): boolean {
  return a.flag === b.flag && a.container === b.container && a.path === b.path;
}

function judgeNeed(
  need: Need,
  was: Need | undefined,
  file: HostPath,
  outcome: Outcome,
  { declarer }: Answering,
): readonly Reached[] {
  const { mount, source, role } = need;
  const subject = subjectOf(need, declarer);
  if (mount === null) {
    // What was there undeclared may be in the image.
    const isLost = was === undefined ? declarer !== null : was.mount !== null;
    return isLost ? [about(need, declarer, lostMount(need, was, file, subject))] : [];
  }
  if (source === null || role !== 'file') return [];
  const fate = outcome.fate(source);
  if (fate?.does === 'deletes') {
    const said = { ...lostFile(subject, source, file, fate), ...placeOf(fate) };
    return [{ plan: fate.plan, diagnostic: said }];
  }
  const isMoved = was !== undefined && was.source !== source;
  if (!isMoved || outcome.at(source) !== 'absent') return [];
  const what = `${subject}: with its mount changed that is ${source}, which is not on the host`;
  const help = 'leave the mount as it was, or create the file first';
  return [about(need, declarer, refusal('SP2085', file, what, help))];
}

function lostMount(need: Need, was: Need | undefined, file: string, subject: string): Diagnostic {
  const { mount } = was ?? {};
  const had = mount == null ? '' : ` (it was under ${mount.path})`;
  const what = `${subject}, which would be under no mount of container ${need.container} any more${had}`;
  const help = `keep the mount, or declare it in the resource that has the flag; to give both up, take --${need.flag} away with it or before`;
  return refusal('SP2084', file, what, help);
}

function lostFile(subject: string, source: string, file: string, { plan }: Fate): Diagnostic {
  const what = `${subject}, and plan ${plan} would delete ${source}: the next start would not find it`;
  const help = `keep the file (bring its declaration back), or give the flag another value, or take it away, in the same change`;
  return refusal('SP2085', file, what, help);
}

/** A file that was read with other keys, while the flag stays: as irreversible as the flag is. */
function judgeContentOf(
  { flag, source, container }: Need,
  was: Need | undefined,
  file: HostPath,
  outcome: Outcome,
  { declarer, acknowledged }: Answering,
): readonly Reached[] {
  const why = irreversibleContent(flag);
  if (why === null || source === null || was?.source !== source) return [];
  const fate = outcome.fate(source);
  if (fate?.does !== 'changes') return [];
  const { plan } = fate;
  const what = `plan ${plan} changes ${source}, which --${flag} of container ${container} names: ${why}`;
  if (acknowledged || fate.acknowledged || isSaid(declarer, outcome)) {
    const message = `${file}: ${what}; keep the former keys, and make a backup of etcd`;
    return [
      { plan, diagnostic: { code: 'SP2121', severity: 'warning', message, ...placeOf(fate) } },
    ];
  }
  const help = `make a backup of etcd, keep the keys, and say \`irreversible: acknowledged\` on the resource that declares the flag, or \`--acknowledge-irreversible ${plan}\``;
  return [{ plan, diagnostic: { ...refusal('SP2120', file, what, help), ...placeOf(fate) } }];
}

function isSaid(declarer: Declarer | null, outcome: Outcome): boolean {
  return declarer !== null && outcome.acknowledged(declarer.plan);
}

function subjectOf({ flag, path }: Need, declarer: Declarer | null): string {
  const who = declarer === null ? '' : ` (plan ${declarer.plan}, resource ${declarer.resource.id})`;
  return `--${flag}${who} names ${path}`;
}

function placeOf({ at }: Fate): Pick<Diagnostic, 'at'> {
  return at === undefined ? {} : { at };
}

/** At the flag's own line, where a resource declares it. */
function about({ flag }: Need, declarer: Declarer | null, diagnostic: Diagnostic): Reached {
  if (declarer === null) return { plan: null, diagnostic };
  const { at, flagsAt = {} } = declarer.resource;
  return { plan: null, diagnostic: { ...diagnostic, flag, at: flagsAt[flag] ?? at } };
}
