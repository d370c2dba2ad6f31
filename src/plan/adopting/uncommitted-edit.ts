import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { CONTENT_KEY } from '../../kinds/file/file-kind.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { itemName } from './adoption.ts';
import { itemId } from '../difference/declarations.ts';
import { byItem } from '../drift/declared-items.ts';
import type { DeclaredItem } from '../drift/declared-items.ts';
import type { ItemInFile } from '../drift/named-items.ts';

/** Where in the workspace the values of items stand, by path and key. */
export type WorkspaceValues = ReadonlyMap<string, readonly DeclaredAt[]>;

interface DeclaredAt {
  readonly planFile: WorkspacePath;
  /** Of a file's content, unless it stands in the plan file. */
  readonly source: WorkspacePath | null;
}

export interface WrittenFile {
  readonly path: WorkspacePath;
  /** A source, whose bytes are all replaced; of a plan file only the item. */
  readonly whole: boolean;
}

export function workspaceValues(
  plans: readonly ResolvedPlan[],
  declared: readonly DeclaredItem[],
): WorkspaceValues {
  const files = new Map<string, DeclaredAt>();
  for (const { name, file, resources } of plans) {
    for (const { id, spec } of resources) {
      const source = spec.kind === 'file' ? spec.source : null;
      files.set(`${name}/${id}`, { planFile: file, source });
    }
  }
  const places = new Map<string, DeclaredAt[]>();
  for (const [id, several] of byItem(declared)) {
    places.set(
      id,
      several.flatMap(({ plan, resource }) => files.get(`${plan}/${resource}`) ?? []),
    );
  }
  return places;
}

/** The workspace files that get the live value of an item. */
export function filesWritten(
  { path, key, live }: Pick<DriftItem, 'key' | 'live'> & Pick<DriftFile, 'path'>,
  values: WorkspaceValues,
): readonly WrittenFile[] {
  const isWhole = key === CONTENT_KEY && live !== null;
  return (values.get(itemId(path, key)) ?? []).map(({ planFile, source }) =>
    isWhole && source !== null ? { path: source, whole: true } : { path: planFile, whole: false },
  );
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
  const lost = filesWritten({ path: one.file.path, ...one.item }, values).find(({ path, whole }) =>
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
