import { isUtf8 } from 'node:buffer';

import { printableLine } from '../../diagnostics/printable.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { PlannedPart } from '../../plan/difference/planner-input.ts';
import { wholeHunk } from './whole-hunk.ts';

/** The search for the least difference takes the square of it: a file that is replaced as a whole would take minutes. */
const MOST_EDITS = 1000;

/** Unified diff of every file whose bytes change, by path; several parts on one file give one diff after the other. */
export async function unifiedDiffs(
  parts: readonly PlannedPart[],
): Promise<Readonly<Record<string, string>>> {
  const diffs: Record<string, string> = {};
  for (const { part, images } of parts) {
    for (const { path, splice, after, record } of part.files) {
      const pair = images.get(path);
      if (pair === undefined || (splice === null && after !== null)) continue;
      const shown = (record?.rule ?? 'full') === 'full';
      const diff = shown ? await unifiedDiff(path, pair.before, pair.after) : notShown(path);
      diffs[path] = (diffs[path] ?? '') + diff;
    }
  }
  return diffs;
}

/** Instead of the diff of a file that is recorded without copies: what git does not keep no terminal or pipeline log keeps. */
export function notShown(path: string): string {
  return `${printableLine(path)} differs: content not shown\n`;
}

/** Unified diff with three lines of context; `/dev/null` stands for an absent file, binary content is only named. */
export async function unifiedDiff(
  path: string,
  before: FileImage,
  after: FileImage,
): Promise<string> {
  const old = textOf(before);
  const next = textOf(after);
  if (old === null || next === null) return `Binary file ${printableLine(path)} differs\n`;
  const { createTwoFilesPatch } = await import('diff');
  const from = before.exists ? `a${path}` : '/dev/null';
  const to = after.exists ? `b${path}` : '/dev/null';
  const limit = { maxEditLength: MOST_EDITS };
  const patch = createTwoFilesPatch(from, to, old, next, undefined, undefined, limit);
  if (patch === undefined) return `--- ${from}\n+++ ${to}\n${wholeHunk(old, next)}`;
  // The library begins with a ruler that no other diff tool prints.
  return patch.replace(/^=+\n/, '');
}

function textOf(image: FileImage): string | null {
  if (!image.exists) return '';
  return isUtf8(image.bytes) ? Buffer.from(image.bytes).toString('utf8') : null;
}
