import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { ItemEdit, Kind } from '../../kinds/kind.ts';
import type { HostPath, ItemKey, PlanName } from '../../model/brand.ts';
import type { FileRecord } from '../../model/change-set.ts';
import type { FileImage } from '../../model/file-image.ts';
import { ABSENT } from '../../model/file-image.ts';
import type { ItemChange, ItemValue, RecordedItem } from '../../model/item.ts';
import { writes } from '../../model/item.ts';
import type { WriteMethod } from '../../model/plan-file.ts';
import { classifyDeclared, classifyUndeclared } from './classify-item.ts';
import type { Declaration, Declarations } from './declarations.ts';
import { itemId } from './declarations.ts';
import { isShared, judgeRecord } from './file-record.ts';
import type { JudgedRecord } from './file-record.ts';
import type { PlannerInput } from './planner-input.ts';
import { notGivenBack } from './led-elsewhere.ts';
import { withNewOwner } from './new-file.ts';
import { judgeMethod, methodOf } from './write-method.ts';
import type { World, WorldFile } from './world.ts';
import { isPristine } from './world.ts';

/** One file's changes by one plan, and the file as it will be. */
export interface FileDifference {
  readonly file: WorldFile;
  readonly kind: Kind;
  readonly items: readonly ItemChange[];
  readonly after: FileImage;
  /** Absent: replaced by a rename. */
  readonly method?: WriteMethod | undefined;
  readonly record: FileRecord;
  readonly unchanged: number;
  readonly warnings: readonly Diagnostic[];
}

export interface FileQuestion {
  readonly plan: PlanName;
  readonly path: HostPath;
  readonly kind: Kind;
  /** What this plan declares for the file; empty when it only gives back. */
  readonly declared: readonly Declaration[];
  readonly declarations: Declarations;
}

/** Three-way difference of one file for one plan: pure, and proved by the kind's own edit proof. */
export function planFileChange(
  input: PlannerInput,
  world: World,
  question: FileQuestion,
): Result<FileDifference> {
  const { path, kind } = question;
  const file = world.files.get(path);
  if (file === undefined) throw new Error(`not in the world: ${path}`);
  const given = undeclaredChanges(world, question, file);
  if (!given.ok) return given;
  const declared = declaredChanges(input, world, question, file, given.value);
  if (!declared.ok) return declared;
  const items = [...declared.value.items, ...given.value];
  const edited = editFile(input, world, question, file, items);
  if (!edited.ok) return edited;
  const image = withNewOwner(input, file, edited.value.image);
  const { unchanged } = declared.value;
  const method = methodOf(input, question);
  const judged = judgeMethod(input, method, path, file.image, image);
  if (!judged.ok) return judged;
  const { record, notes } = recordOf(input, world, question, { before: file.image, after: image });
  const told = [...judged.value, ...notGivenBack(file)];
  const warnings = [...edited.value.warnings, ...told, ...notes];
  const returned = withReturnedValues(kind, items, image, path);
  return ok({ file, kind, items: returned, after: image, method, record, unchanged, warnings });
}

function recordOf(
  input: PlannerInput,
  world: World,
  { path, kind, declarations }: FileQuestion,
  images: { readonly before: FileImage; readonly after: FileImage },
): JudgedRecord {
  const recorded = world.recorded.files.get(path)?.state ?? null;
  const now = world.files.get(path)?.state ?? null;
  return judgeRecord({
    path,
    kind: kind.name,
    said: (declarations.byFile.get(path) ?? []).map(({ record }) => record),
    known: world.records.get(path),
    shared: isShared(world.recorded.files.get(path), input.workspace),
    asRecorded: recorded !== null && recorded.sha256 === now?.sha256,
    ...images,
  });
}

/** What this plan no longer declares: given back or forgotten. */
function undeclaredChanges(
  world: World,
  question: FileQuestion,
  file: WorldFile,
): Result<readonly ItemChange[]> {
  const { path, kind } = question;
  const owned = ownedItems(world, question);
  if (isGone(world, file)) return ok(forgotten(path, owned));
  const live = kind.observe(file.image, [...owned.keys()], path);
  if (!live.ok) return live;
  const changes: ItemChange[] = [];
  for (const [key, recorded] of owned) {
    const liveItem = live.value.get(key) ?? { value: null, before: {} };
    const same = (a: ItemValue, b: ItemValue): boolean => kind.same(key, a, b);
    const change = classifyUndeclared(path, key, recorded, liveItem, same);
    // Another plan declares the flag in another form now: it takes over what stands there.
    const takenOver = (question.declarations.byFile.get(path) ?? []).some(
      (other) => other.plan !== question.plan && overlaps(other.item.key, key),
    );
    changes.push(takenOver ? { ...change, action: 'forget', cause: 'pending' } : change);
  }
  return ok(changes);
}

/** Somebody else deleted the file, or put a link in its place: there is nothing to give anything back in, and what it may have been is not asked. */
function isGone({ recorded }: World, { path, image, leadsTo }: WorldFile): boolean {
  if (leadsTo !== undefined) return true;
  return !image.exists && recorded.files.get(path)?.state != null;
}

function forgotten(
  path: HostPath,
  owned: ReadonlyMap<ItemKey, RecordedItem>,
): readonly ItemChange[] {
  const live = { value: null, before: {} };
  return [...owned].map(([key, item]) => classifyUndeclared(path, key, item, live, () => false));
}

interface DeclaredChanges {
  readonly items: readonly ItemChange[];
  readonly unchanged: number;
}

function declaredChanges(
  input: PlannerInput,
  world: World,
  question: FileQuestion,
  file: WorldFile,
  given: readonly ItemChange[],
): Result<DeclaredChanges> {
  const { path, kind, declared } = question;
  if (declared.length === 0) return ok({ items: [], unchanged: 0 });
  const base = reformedImage(input, question, file, given);
  if (!base.ok) return base;
  const keys = declared.map((declaration) => declaration.item.key);
  const live = kind.observe(base.value, keys, path);
  if (!live.ok) return live;
  const items: ItemChange[] = [];
  let unchanged = 0;
  for (const declaration of declared) {
    const { key } = declaration.item;
    const recorded = world.items.get(path)?.get(key);
    const liveItem = live.value.get(key);
    if (liveItem === undefined) throw new Error(`kind ${kind.name} did not observe ${key}`);
    const same = (a: ItemValue, b: ItemValue): boolean => kind.same(key, a, b);
    const change = sharedWithOwner(question, declaration, recorded)
      ? null
      : classifyDeclared(declaration, liveItem, recorded, same);
    if (change === null) unchanged += 1;
    else items.push(change);
  }
  return ok({ items, unchanged });
}

/**
 * A flag that this plan declares in another form now (as a whole, then by elements) is first given back: the new items are
 * compared with, and later return to, what was there before setpoint, not with what setpoint itself wrote.
 */
function reformedImage(
  input: PlannerInput,
  question: FileQuestion,
  file: WorldFile,
  given: readonly ItemChange[],
): Result<FileImage> {
  const original = originalImage(input, question.path);
  const reformed = given.filter(
    (item) =>
      item.action === 'release' &&
      question.declared.some((declaration) => overlaps(declaration.item.key, item.key)),
  );
  if (reformed.length === 0) return ok(file.image);
  const edits = reformed.map(({ key, before }) => ({
    op: 'restore' as const,
    key,
    before,
    original,
  }));
  const edited = question.kind.edit(file.image, edits, question.path);
  return edited.ok ? ok(edited.value.image) : edited;
}

/** Recorded items of this plan in this file that no plan of this host declares any more. */
function ownedItems(world: World, question: FileQuestion): Map<ItemKey, RecordedItem> {
  const owned = new Map<ItemKey, RecordedItem>();
  for (const [key, item] of world.items.get(question.path) ?? []) {
    if (item.owner.plan !== question.plan) continue;
    if (question.declarations.byItem.has(itemId(question.path, key))) continue;
    owned.set(key, item);
  }
  return owned;
}

/** An element that its recorded owner still declares too: both are satisfied, the owner stays. */
function sharedWithOwner(
  question: FileQuestion,
  declaration: Declaration,
  recorded: RecordedItem | undefined,
): boolean {
  if (recorded === undefined || recorded.owner.plan === question.plan) return false;
  const others =
    question.declarations.byItem.get(itemId(question.path, declaration.item.key)) ?? [];
  return others.some((other) => other.plan === recorded.owner.plan);
}

function overlaps(a: string, b: string): boolean {
  return a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function editFile(
  input: PlannerInput,
  world: World,
  question: FileQuestion,
  file: WorldFile,
  items: readonly ItemChange[],
): Result<{ image: FileImage; warnings: readonly Diagnostic[] }> {
  const written = items.filter((item) => writes(item.action));
  if (written.length === 0) return ok({ image: file.image, warnings: [] });
  const original = originalImage(input, question.path);
  if (givesBackWhole(world, file, items) && original !== null) {
    return ok({ image: original, warnings: [] });
  }
  const wanted = new Map(question.declared.map(({ item }) => [item.key, item]));
  const edits: ItemEdit[] = [];
  for (const item of written) {
    if (item.action === 'release') {
      edits.push({ op: 'restore', key: item.key, before: item.before, original });
      continue;
    }
    const declared = wanted.get(item.key);
    if (declared === undefined) return fail();
    edits.push({ op: 'set', item: declared, ours: item.recorded !== undefined });
  }
  const edited = question.kind.edit(file.image, edits, question.path);
  const lost = original === null && !edited.ok ? lostOriginal(input, question.path) : null;
  return lost === null ? edited : fail(lost);
}

/** Why a file cannot be given back that is recorded without copies: the kind only knows that the bytes are missing. */
function lostOriginal({ recorded }: PlannerInput, path: HostPath): Diagnostic | null {
  const managed = recorded.files.get(path);
  const before = managed?.original.state ?? null;
  if (managed === undefined || before === null || managed.record === 'full') return null;
  return {
    code: 'SP5091',
    severity: 'error',
    message: `${path} cannot be given back: its content from before setpoint (SHA-256 ${before.sha256}) is not in the backup store of this host`,
    help: `put that object back from a backup of the state directory (setpoint state verify names the file), or write into ${path} by hand what is to stand there: apply then leaves it alone`,
  };
}

/**
 * Bytes identical to the original come back when the last items of the file are released, nobody else ever edited it, and
 * it still is what we left.
 */
function givesBackWhole(world: World, file: WorldFile, items: readonly ItemChange[]): boolean {
  const managed = world.recorded.files.get(file.path);
  if (managed === undefined || !isPristine(world, file)) return false;
  if (!items.every((item) => item.action === 'release')) return false;
  // An earlier part of the set may have put others there.
  if (world.items.get(file.path)?.size !== items.length) return false;
  return Object.keys(managed.items).length === items.length;
}

function originalImage(input: PlannerInput, path: HostPath): FileImage | null {
  const managed = input.recorded.files.get(path);
  if (managed === undefined) return null;
  const { state } = managed.original;
  if (state === null) return ABSENT;
  const bytes = input.originals.get(path);
  return bytes === undefined ? null : { exists: true, bytes, mode: state.mode };
}

/** Fills in what a released item's value is once its earlier text is back. */
function withReturnedValues(
  kind: Kind,
  items: readonly ItemChange[],
  after: FileImage,
  path: HostPath,
): readonly ItemChange[] {
  const released = items.filter((item) => item.action === 'release').map((item) => item.key);
  if (released.length === 0) return items;
  const returned = kind.observe(after, released, path);
  return items.map((item) =>
    item.action === 'release'
      ? { ...item, desired: (returned.ok ? returned.value.get(item.key)?.value : null) ?? null }
      : item,
  );
}
