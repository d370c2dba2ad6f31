import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { foldersOf } from '../../git/workspace/tree-entries.ts';
import type { GitEntry } from '../../git/workspace/tree-entries.ts';
import type { WorkspaceCommits } from '../../git/workspace/workspace-commits.ts';
import type { EntryChange, WorkspaceWriter } from '../../git/workspace/workspace-writer.ts';
import { secretMark } from '../../kinds/secret-marks.ts';
import type { CommitId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { notShown } from '../planning/unified-diffs.ts';
import type { ChangedInputs } from './changed-inputs.ts';
import type { PlanChange } from './recorded-before.ts';
import type { BranchFile } from './results.ts';
import { wayBack, type PathVersions } from './way-back.ts';

export interface ComposedChanges {
  readonly entries: readonly EntryChange[];
  readonly files: readonly BranchFile[];
}

export interface CompositionQuestion {
  readonly commits: WorkspaceCommits;
  readonly writer: WorkspaceWriter;
  readonly head: CommitId;
  readonly change: PlanChange;
  readonly files: ChangedInputs['files'];
  /** Whether a plan keeps the lines of a file out of the record. Asked about conflicts only. */
  readonly unrecorded: (path: string) => Promise<boolean>;
}

/** What the branch changes at the head, path by path. Throws SP5035 (exit 7) with every conflict and its difference, which is not shown of a secret. */
export async function composeChanges(question: CompositionQuestion): Promise<ComposedChanges> {
  const entries: EntryChange[] = [];
  const files: BranchFile[] = [];
  const conflicts: Diagnostic[] = [];
  for (const [path, versions] of question.files) {
    const found = await composed(question.writer, versions);
    if ('why' in found)
      conflicts.push(await conflictOf(question, path, { ...versions, why: found.why }));
    else if (found.file !== null) {
      entries.push([path, found.entry]);
      files.push({ path, change: found.file });
    }
  }
  conflicts.push(...(await inTheWay(question, { entries, files })));
  if (conflicts.length > 0) throw new SetpointError(EXIT.refused, conflicts);
  return { entries, files };
}

type Composed =
  | { readonly entry: EntryChange[1]; readonly file: BranchFile['change'] | null }
  | { readonly why: string };

async function composed(writer: WorkspaceWriter, versions: PathVersions): Promise<Composed> {
  const way = wayBack(versions);
  switch (way.is) {
    case 'done':
      return { entry: null, file: null };
    case 'set':
      return { entry: way.entry, file: way.change };
    case 'conflict':
      return { why: way.why };
    case 'merge': {
      const id = await writer.merge(...way.ids);
      if (id === null) return { why: 'was changed again since' };
      return { entry: { mode: way.mode, id }, file: 'merged' };
    }
    default:
      return way satisfies never;
  }
}

async function conflictOf(
  { commits, change, head, unrecorded }: CompositionQuestion,
  path: string,
  { why, ...versions }: PathVersions & { readonly why: string },
): Promise<Diagnostic> {
  const hidden =
    (await holdsSecret(commits, [versions.applied, versions.head])) || (await unrecorded(path));
  const since = hidden ? notShown(path) : await commits.difference(change.applied, head, path);
  return {
    code: 'SP5035',
    severity: 'error',
    message: `${path} ${why}, after commit ${change.applied.slice(0, 12)}`,
    help: versions.head === null ? whereItIsNow(change, path) : EDIT,
    detail: `since commit ${change.applied.slice(0, 12)}:\n${since}`,
  };
}

const EDIT = 'Edit it as you want it now, and commit that.';

/** No branch can follow it: a plan names it by another path now, or by none. */
function whereItIsNow({ before }: PlanChange, path: string): string {
  const then = before === null ? '' : ` (git show ${quoteWord(`${before.slice(0, 12)}:${path}`)})`;
  return `Bring back what it was before the run${then} where the plan has it now, and commit that instead of this branch.`;
}

/** Asked of whole contents: a difference may leave out the line that tells. */
async function holdsSecret(
  commits: WorkspaceCommits,
  entries: readonly (GitEntry | null)[],
): Promise<boolean> {
  for (const entry of entries) {
    if (entry?.mode.startsWith('100') !== true) continue;
    if (secretMark(Buffer.from(await commits.textOf(entry.id))) !== null) return true;
  }
  return false;
}

/** A file that returns needs its folders: something else may have their names now. */
async function inTheWay(
  { commits, head }: CompositionQuestion,
  { entries, files }: ComposedChanges,
): Promise<readonly Diagnostic[]> {
  const recreated = files.filter(({ change }) => change === 'recreated').map(({ path }) => path);
  const folders = [...new Set(recreated.flatMap(foldersOf))];
  const gone = new Set(entries.filter(([, entry]) => entry === null).map(([path]) => path));
  const found = await commits.entriesAt(head, folders);
  return [...found]
    .filter(([path, { mode }]) => mode !== '040000' && !gone.has(path))
    .map(([path]) => ({
      code: 'SP5035',
      severity: 'error',
      message: `${path} is a file now, and was a folder with files of the plan`,
      help: 'Edit the plan as you want it now, and commit that.',
    }));
}
