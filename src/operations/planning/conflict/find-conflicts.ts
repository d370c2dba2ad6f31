import { isUtf8 } from 'node:buffer';
import { backupsOf } from '../../../host/backups/backup-paths.ts';
import { readObject } from '../../../host/backups/object-store.ts';
import { sha256 } from '../../../host/read-file.ts';
import { markOf } from '../../../kinds/record-rule.ts';
import type { HostPath } from '../../../model/brand.ts';
import type { ChangeSet, FileChange } from '../../../model/change-set.ts';
import { ABSENT, imageOf, type FileImage } from '../../../model/file-image.ts';
import { editedFiles } from '../../../plan/change-set/explain-staleness.ts';
import { applySplice } from '../../../plan/change-set/splice.ts';
import type { Session } from '../../session.ts';
import type { ComputedSet } from '../compute-change-set.ts';
import type { FileConflict, Shown } from './file-conflict.ts';
import { mergeOf, regionsOf, type Sides } from './three-sides.ts';

/** Every file of a saved set that somebody else has changed since, with its three sides. Changes nothing. */
export async function findConflicts(
  session: Session,
  saved: ChangeSet,
  now: ComputedSet,
): Promise<readonly FileConflict[]> {
  const paths = new Set(editedFiles(saved, now.set).map(({ path }) => path));
  const found: FileConflict[] = [];
  for (const path of paths) {
    const changes = saved.parts.flatMap(({ files }) => files.filter((file) => file.path === path));
    found.push({ path, shown: await shownOf(session, path, changes, { saved, now }) });
  }
  return found;
}

interface Sets {
  readonly saved: ChangeSet;
  readonly now: ComputedSet;
}

/** `changes` of one file, in the order in which the set would have made them. */
async function shownOf(
  session: Session,
  path: HostPath,
  changes: readonly FileChange[],
  { saved, now }: Sets,
): Promise<Shown> {
  const [first] = changes;
  if (first === undefined || isKeptOut(path, changes, now)) return { is: 'hidden' };
  const { content } = await session.host.root.observe(path, { inPlace: true });
  const theirs = imageOf(content);
  const base = await baseOf(session, now, first);
  const ours = base === null ? ABSENT : changes.reduce(afterChange, base);
  if (!isSaidToBeShown(path, changes, now)) {
    const secret = [base ?? ABSENT, theirs, ours].some((image) => markOf(image) !== null);
    if (secret) return { is: 'hidden' };
  }
  if (base === null) {
    const planned = saved.meta.diffs[path] ?? '(no text)\n';
    return { is: 'base-unknown', sha256: first.before?.sha256 ?? '', planned };
  }
  return sidesShown({ base: bytesOf(base), theirs: bytesOf(theirs), ours: bytesOf(ours) }, () =>
    bytesOf(imageAgain(path, now) ?? theirs),
  );
}

/** What git keeps no copy of, no terminal or pipeline log keeps. */
function isKeptOut(path: HostPath, changes: readonly FileChange[], now: ComputedSet): boolean {
  const again = now.set.parts.flatMap(({ files }) => files.filter((file) => file.path === path));
  const rules = [...changes, ...again].map(({ record }) => record?.rule);
  return [...rules, now.recorded.files.get(path)?.record].some((rule = 'full') => rule !== 'full');
}

/** It looks like a secret, and a plan file says all the same that it is recorded in full. */
function isSaidToBeShown(
  path: HostPath,
  changes: readonly FileChange[],
  now: ComputedSet,
): boolean {
  const recorded = now.recorded.files.get(path)?.secret === true;
  return recorded || changes.some(({ record }) => record?.secret === true);
}

/** The content that the set was made from, wherever this host still has it; null where only its hash is known. */
async function baseOf(
  { host }: Session,
  { state }: ComputedSet,
  { path, before }: FileChange,
): Promise<FileImage | null> {
  if (before === null) return ABSENT;
  const isIt = (bytes: Uint8Array): boolean => sha256(bytes) === before.sha256;
  const copies = [await state.copyOf(path), (await state.seen()).copies.get(path) ?? null];
  const copy = copies.find((bytes) => bytes !== null && isIt(bytes));
  if (copy != null) return { exists: true, bytes: copy, mode: before.mode };
  const kept = await readObject(backupsOf(host.stateDir), before.sha256);
  return kept.is === 'intact' ? { exists: true, bytes: kept.content, mode: before.mode } : null;
}

function afterChange(image: FileImage, { splice, after }: FileChange): FileImage {
  if (after === null) return ABSENT;
  if (splice === null) return image;
  return { exists: true, bytes: applySplice(bytesOf(image), splice), mode: after.mode };
}

/** The file as the set that was just planned leaves it; null where it does not write it. */
function imageAgain(path: HostPath, { parts }: ComputedSet): FileImage | null {
  const pairs = parts.flatMap(({ images }) => images.get(path) ?? []);
  return pairs.at(-1)?.after ?? null;
}

function sidesShown(sides: Sides, again: () => Uint8Array): Shown {
  const texts = [sides.base, sides.theirs, sides.ours].every((bytes) => isUtf8(bytes));
  const regions = texts ? regionsOf(sides) : null;
  if (regions === null) return { is: 'not-lines' };
  if (regions.some(({ by }) => by === 'overlap')) {
    return { is: 'regions', regions, again: 'overlaps' };
  }
  const merged = mergeOf(sides);
  const merges = merged !== null && Buffer.from(merged).equals(again());
  return { is: 'regions', regions, again: merges ? 'merges' : 'undoes' };
}

function bytesOf(image: FileImage): Uint8Array {
  return image.exists ? image.bytes : new Uint8Array();
}
