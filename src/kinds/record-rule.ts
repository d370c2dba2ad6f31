import type { FileImage } from '../model/file-image.ts';
import type { KindName, RecordRule } from '../model/plan-file.ts';
import type { ManagedFile } from '../model/recorded-state.ts';
import { secretMark } from './secret-marks.ts';

const STRICTNESS: Readonly<Record<RecordRule, number>> = { full: 0, items: 1, digest: 2 };

/** The rule that keeps least; `null` of none. */
export function strictest(rules: readonly RecordRule[]): RecordRule | null {
  return rules.toSorted((a, b) => STRICTNESS[b] - STRICTNESS[a])[0] ?? null;
}

/** The rule of a kind that keeps no copies: flags and entries are compared by their values, whole files by digest. */
export function withoutCopies(kind: KindName): RecordRule {
  return kind === 'file' ? 'digest' : 'items';
}

export function markOf(image: FileImage): string | null {
  return image.exists ? secretMark(image.bytes) : null;
}

/**
 * How a file is recorded when no plan says anything about it: somebody else edited it, or it goes back to an earlier version. As
 * before; but a secret that was not there when the rule was chosen is not copied.
 */
export function stillRecorded(
  { record, secret, kind }: Pick<ManagedFile, 'record' | 'secret' | 'kind'>,
  image: FileImage,
): Pick<ManagedFile, 'record' | 'secret'> {
  if (secret === true) return { record, secret };
  if (markOf(image) === null) return { record };
  return { record: record === 'full' ? withoutCopies(kind) : record, secret: true };
}
