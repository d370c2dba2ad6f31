import type { RecordChangeAt } from '../../git/record/recorded-past.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { CONTENT_KEY } from '../../kinds/file/file-kind.ts';
import type { HostPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import type { KeptVersion } from '../../plan/drift/put-back.ts';

/**
 * The version of each file that its drifted items go back to: the newest that was there, of a whole file the one that was applied.
 * Edits by others may have been recorded since: then it stands in the history. Four git processes at most, whatever their number.
 */
export async function keptVersions(
  state: StateRepository,
  files: readonly ManagedFile[],
): Promise<ReadonlyMap<HostPath, KeptVersion>> {
  const found = new Map<HostPath, KeptVersion>();
  const copies = await state.contents(files.map(({ path }) => path));
  for (const file of files) keep(found, file, file, copies.get(file.path));
  const missing = files.filter((file) => !found.has(file.path) && appliedContent(file) !== null);
  if (missing.length > 0) await fromHistory(state, missing, found);
  return found;
}

async function fromHistory(
  state: StateRepository,
  files: readonly ManagedFile[],
  found: Map<HostPath, KeptVersion>,
): Promise<void> {
  const changes = await state.recordChanges({ paths: files.map(({ path }) => path) });
  const records = await state.recordsById(changes.flatMap(({ after }) => after ?? []));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const wanted: { readonly file: ManagedFile; readonly version: RecordChangeAt }[] = [];
  // Newest first.
  for (const version of changes) {
    const file = byPath.get(version.path);
    const record = version.after === null ? undefined : records.get(version.after);
    if (file === undefined || record === undefined || !isWanted(file, record)) continue;
    wanted.push({ file, version });
    byPath.delete(version.path);
  }
  const bytes = await state.copiesAt(wanted.map(({ version }) => copyOf(version)));
  wanted.forEach(({ file, version: { after } }, i) => {
    const record = after === null ? undefined : records.get(after);
    if (record !== undefined) keep(found, file, record, bytes[i] ?? undefined);
  });
}

function copyOf({ path, entry }: RecordChangeAt) {
  return { section: 'files', path, commit: entry.commit } as const;
}

function keep(
  found: Map<HostPath, KeptVersion>,
  file: ManagedFile,
  record: ManagedFile,
  bytes: Uint8Array | undefined,
): void {
  const { state } = record;
  if (state === null || bytes === undefined || sha256(bytes) !== state.sha256) return;
  if (isWanted(file, record)) found.set(file.path, { bytes, state });
}

function isWanted(file: ManagedFile, { state, edited }: ManagedFile): boolean {
  const content = appliedContent(file);
  if (state === null) return false;
  return content === undefined ? edited !== true : content === state.sha256;
}

/** SHA-256 of the content that was applied; `undefined`: the file is not managed as a whole. */
function appliedContent({ items }: ManagedFile): string | null | undefined {
  return items[CONTENT_KEY]?.applied;
}
