import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { markOf, strictest, withoutCopies } from '../../kinds/record-rule.ts';
import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { FileRecord } from '../../model/change-set.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { KindName, RecordRule } from '../../model/plan-file.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

export interface RecordQuestion {
  readonly path: HostPath;
  readonly kind: KindName;
  /** What each declaration of the file says, of every plan of the workspace. */
  readonly said: readonly (RecordRule | undefined)[];
  /** As it is recorded now, or will be by an earlier part. */
  readonly known: Pick<ManagedFile, 'record' | 'secret'> | undefined;
  /** A plan of another workspace owns something in it, too: what that says is not known here. */
  readonly shared: boolean;
  /** `before` has the content that the record has, whose `secret` then tells what it is: it is not looked through again. */
  readonly asRecorded: boolean;
  readonly before: FileImage;
  readonly after: FileImage;
}

/** How a file is to be recorded, and what a person should know about it. */
export interface JudgedRecord {
  readonly record: FileRecord;
  readonly notes: readonly Diagnostic[];
}

/**
 * The strictest rule that a plan says counts. Where none says any: everything is recorded, unless the file looks like a secret, or
 * did before (then its original may, too). A file that nobody declares any more, but somebody owns, keeps its rule.
 */
export function judgeRecord(question: RecordQuestion): JudgedRecord {
  const { path, said, known } = question;
  const mark = markIn(question);
  const secret = mark !== null || known?.secret === true;
  const rule = ruleOf(question, secret);
  const was = known?.record === rule ? undefined : known?.record;
  const record: FileRecord = {
    rule,
    ...(secret ? { secret: true as const } : {}),
    ...(was === undefined ? {} : { was }),
  };
  const isNews = known === undefined || was !== undefined;
  const unasked = said.length > 0 && said.every((one) => one === undefined);
  const notes: Diagnostic[] = [];
  if (isNews && unasked && secret && rule !== 'full') notes.push(looksSecret(path, mark, rule));
  if (was === 'full' && said.length > 0) notes.push(staysInHistory(path));
  return { record, notes };
}

function markIn({ asRecorded, known, before, after }: RecordQuestion): string | null {
  const isKnown = asRecorded && known !== undefined;
  const mark = before === after && isKnown ? null : markOf(after);
  return mark ?? (before === after || isKnown ? null : markOf(before));
}

function ruleOf({ kind, said, known, shared }: RecordQuestion, secret: boolean): RecordRule {
  if (said.length === 0 && known !== undefined) {
    const isNew = secret && known.secret !== true && known.record === 'full';
    return isNew ? withoutCopies(kind) : known.record;
  }
  const asked = strictest(said.filter((rule) => rule !== undefined));
  const own = asked ?? (secret ? withoutCopies(kind) : 'full');
  return shared && known !== undefined ? (strictest([own, known.record]) ?? own) : own;
}

/** Whether another workspace owns items in the file. */
export function isShared(managed: ManagedFile | undefined, workspace: WorkspaceName): boolean {
  const items = Object.values(managed?.items ?? {});
  return items.some(({ owner }) => owner.workspace !== workspace);
}

/** Left out where nothing is to be said: digests of sets that need none stay as they were. */
export function shownRecord(record: FileRecord): { readonly record?: FileRecord } {
  const { rule, secret, was } = record;
  return rule === 'full' && secret === undefined && was === undefined ? {} : { record };
}

function looksSecret(path: HostPath, mark: string | null, rule: RecordRule): Diagnostic {
  const looks = mark === null ? 'was recorded as a secret' : `looks like ${mark}`;
  return {
    code: 'SP3047',
    severity: 'warning',
    message: `${path} ${looks}: no copy of it is recorded; say \`record: ${rule}\` to agree, \`record: full\` to record copies`,
  };
}

function staysInHistory(path: HostPath): Diagnostic {
  return {
    code: 'SP3048',
    severity: 'warning',
    message: `${path} is recorded without copies from now on; those recorded earlier stay in the history, and at the remote that has it`,
  };
}
