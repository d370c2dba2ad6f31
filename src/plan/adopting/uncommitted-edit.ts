import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { CONTENT_KEY } from '../../kinds/file/file-kind.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { itemName } from './adoption.ts';
import type { ItemInFile } from '../drift/named-items.ts';
import type { DeclaredItem } from './declared-items.ts';

/** Where workspace values stand. */
export interface WorkspaceValues {
  readonly plans: readonly ResolvedPlan[];
  readonly declared: readonly DeclaredItem[];
}

export interface WrittenFile {
  readonly path: WorkspacePath;
  /** A source, whose bytes are all replaced; of a plan file only the item. */
  readonly whole: boolean;
}

/** The workspace files that get the live value of an item. */
export function filesWritten(
  { file, item }: ItemInFile,
  { plans, declared }: WorkspaceValues,
): readonly WrittenFile[] {
  const mine = declared.filter(({ path, key }) => path === file.path && key === item.key);
  return mine.flatMap(({ plan: name, resource }) => {
    const plan = plans.find((one) => one.name === name);
    if (plan === undefined) return [];
    const spec = plan.resources.find(({ id }) => id === resource)?.spec;
    const isWhole = item.key === CONTENT_KEY && item.live !== null && spec?.kind === 'file';
    const source = isWhole ? spec.source : null;
    return { path: source ?? plan.file, whole: source !== null };
  });
}

/**
 * SP3089 for an item whose live value would replace what only the working tree has; `null`: nothing would be lost. `dirty`: files
 * that are not as the last commit has them; `null`: no git, so nothing brings back what somebody edited since it was applied.
 */
export function uncommittedEdit(
  one: ItemInFile,
  values: WorkspaceValues,
  dirty: ReadonlySet<WorkspacePath> | null,
): Diagnostic | null {
  const isEdited = one.item.state === 'both';
  const lost = filesWritten(one, values).find(({ path, whole }) =>
    dirty === null ? isEdited : dirty.has(path) && (whole || isEdited),
  );
  if (lost === undefined) return null;
  const name = itemName({ label: one.item.label, path: one.file.path });
  return {
    code: 'SP3089',
    severity: 'error',
    message: `${lost.path} has changes that are not committed, and ${name} would overwrite them`,
    help:
      dirty === null
        ? 'the workspace is in no git repository: keep what is wanted of it elsewhere, or put the host back'
        : 'commit or stash it first',
  };
}
