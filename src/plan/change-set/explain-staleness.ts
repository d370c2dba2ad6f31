import { canonicalJson } from '../../model/canonical-json.ts';
import type { ChangeSet, FileChange, PlanPart } from '../../model/change-set.ts';

/** Why a change set no longer is what planning gives now, one sentence per cause, most telling first. Empty = same. */
export function explainStaleness(saved: ChangeSet, now: ChangeSet): readonly string[] {
  if (saved.digest === now.digest) return [];
  if (saved.host !== now.host) return [`it was made for host ${saved.host}, this is ${now.host}`];
  if (saved.workspace !== now.workspace) {
    return [`it belongs to workspace ${saved.workspace}, this is ${now.workspace}`];
  }
  const causes: string[] = [];
  for (const part of saved.parts) {
    const current = now.parts.find((other) => other.plan === part.plan);
    causes.push(
      ...(current === undefined ? [goneCause(part, saved, now)] : partCauses(part, current)),
    );
  }
  for (const part of now.parts) {
    if (!saved.parts.some((other) => other.plan === part.plan)) {
      causes.push(`plan ${part.plan} has changes now that the set does not contain`);
    }
  }
  if (causes.length > 0) return causes;
  const { toolVersion } = saved.meta;
  return toolVersion === now.meta.toolVersion
    ? ['the order of plans or their gates, audits or actions changed']
    : [
        `setpoint ${toolVersion} made it, and this is ${now.meta.toolVersion}, which plans it otherwise`,
      ];
}

/** What plans without changes declare is not in a set: of another commit it may be something else. */
function goneCause({ plan }: PlanPart, saved: ChangeSet, now: ChangeSet): string {
  const [then, here] = [saved.meta.commit, now.meta.commit];
  if (then === here) {
    return `plan ${plan} has nothing to change any more: it was applied, or the host already is as declared`;
  }
  return `plan ${plan} has nothing to change as ${commitText(here)} declares it, which is checked out; the set is of ${commitText(then)}, or was applied since`;
}

function commitText(commit: ChangeSet['meta']['commit']): string {
  return commit === null ? 'a workspace outside of git' : `commit ${commit.slice(0, 12)}`;
}

function partCauses(saved: PlanPart, now: PlanPart): readonly string[] {
  const causes: string[] = [];
  if (saved.inputDigest !== now.inputDigest) {
    causes.push(
      `plan ${saved.plan} declares something else now (plan file, variables or sources changed)`,
    );
  }
  for (const file of saved.files) {
    const current = now.files.find((other) => other.path === file.path);
    const cause =
      current === undefined ? null : (fileCause(file, current) ?? recordCause(file, current));
    if (cause !== null) causes.push(cause);
    else if (current === undefined) causes.push(`${file.path} needs no change any more`);
  }
  return causes;
}

function fileCause(saved: FileChange, now: FileChange): string | null {
  if (saved.lastRun !== now.lastRun) {
    return `${saved.path} was written by run ${now.lastRun ?? 'none'} since the set was made`;
  }
  if (saved.linkText !== now.linkText)
    return `${saved.path}: the symbolic link points elsewhere now`;
  if (saved.before === null && now.before !== null) return `${saved.path} exists now`;
  if (saved.before !== null && now.before === null) return `${saved.path} is gone`;
  if (saved.before?.sha256 !== now.before?.sha256) {
    return `${saved.path} was edited by someone else since the set was made`;
  }
  if (saved.before?.mode !== now.before?.mode) return `${saved.path}: its mode changed`;
  if (saved.before?.uid !== now.before?.uid || saved.before?.gid !== now.before?.gid) {
    return `${saved.path}: its owner changed`;
  }
  return null;
}

function recordCause(saved: FileChange, now: FileChange): string | null {
  const same = canonicalJson(saved.record ?? null) === canonicalJson(now.record ?? null);
  return same ? null : `${saved.path}: how much of it is recorded changed`;
}

/** Files whose live bytes differ from those the set was made from: they deserve a three-way diff. */
export function editedFiles(saved: ChangeSet, now: ChangeSet): readonly FileChange[] {
  const current = new Map(now.parts.flatMap((part) => part.files.map((file) => [file.path, file])));
  return saved.parts
    .flatMap((part) => part.files)
    .filter((file) => {
      const other = current.get(file.path);
      return other !== undefined && other.before?.sha256 !== file.before?.sha256;
    });
}
